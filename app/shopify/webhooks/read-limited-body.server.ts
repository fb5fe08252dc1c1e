/**
 * The raw bytes of a request, or null as soon as they are more than `limitBytes`: what lies beyond the limit is
 * never read. The stream is left as it is then; cancelling it would close the connection before the answer is out.
 */
export async function readLimitedBody(request: Request, limitBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) return null;
  if (request.body === null) return Buffer.alloc(0);

  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, size);
    size += value.byteLength;
    if (size > limitBytes) return null;
    chunks.push(value);
  }
}
