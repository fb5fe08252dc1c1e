import { gidOf } from "./ids.ts";
import type { ProductPlan } from "./product-plan.ts";
import { formatTime } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

/** A product's pictures: none for one in nine, else one to three. */
export function buildMedia(plan: ProductPlan): SimNode[] {
  const count = plan.p % 9 === 8 ? 0 : 1 + (plan.p % 3);
  return Array.from({ length: count }, (_, i): SimNode => {
    const image = {
      __typename: "Image",
      id: `gid://shopify/ImageSource/${String(plan.p * 8 + i + 35_000_000_000)}`,
      url: `https://cdn.shopify.com/s/files/1/0614/0291/files/${plan.handle}-${String(i + 1)}.jpg?v=17${String(plan.p).padStart(8, "0")}`,
      altText: i === 0 ? plan.title : null,
      width: 1200,
      height: 1600,
    };
    return {
      __typename: "MediaImage",
      id: gidOf("MediaImage", plan.p, i),
      mediaContentType: "IMAGE",
      alt: i === 0 ? plan.title : "",
      status: "READY",
      fileStatus: "READY",
      mimeType: "image/jpeg",
      image,
      preview: { image, status: "READY" },
      createdAt: formatTime(plan.createdMs),
      updatedAt: formatTime(plan.createdMs),
    };
  });
}
