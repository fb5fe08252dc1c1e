import { Modal, NavMenu, SaveBar, TitleBar, useAppBridge } from "@shopify/app-bridge-react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

/** The smallest app that asks the Admin for everything it can draw; simulated-admin.test.ts bundles it. */
function App() {
  const shopify = useAppBridge();
  const [isOpen, setOpen] = useState(false);
  const [isDirty, setDirty] = useState(false);
  const [said, say] = useState("");
  const [count, setCount] = useState(0);
  return (
    <>
      <NavMenu>
        <a href="/" rel="home">
          Home
        </a>
        <a href="/orders">Orders</a>
        {Array.from({ length: 30 }, (_, n) => (
          <a key={n} href={`/more/${String(n)}`}>{`More ${String(n)}`}</a>
        ))}
      </NavMenu>
      <TitleBar title="An app">
        <button variant="breadcrumb" onClick={() => say("back")}>
          Orders
        </button>
        <button disabled>Never</button>
        <button variant="primary" onClick={() => setOpen(true)}>
          Open
        </button>
        <section {...{ label: "More actions" }}>
          <button onClick={() => say("archived")}>Archive</button>
        </section>
      </TitleBar>
      <Modal
        id="a-modal"
        open={isOpen}
        onShow={() => say("shown")}
        onHide={() => {
          say("hidden");
          setOpen(false);
        }}
      >
        <p>
          Counted {count} <button onClick={() => setCount(count + 1)}>Count</button>
        </p>
        <TitleBar title={`A modal of ${String(count)}`}>
          <button variant="primary" onClick={() => say("confirmed")}>
            Confirm
          </button>
          <button onClick={() => setOpen(false)}>Cancel</button>
        </TitleBar>
      </Modal>
      <SaveBar id="a-save-bar" open={isDirty} discardConfirmation>
        <button
          variant="primary"
          onClick={() => {
            say("saved");
            setDirty(false);
          }}
        >
          Save
        </button>
        <button
          onClick={() => {
            say("discarded");
            setDirty(false);
          }}
        >
          Discard
        </button>
      </SaveBar>
      <h1>An app</h1>
      <label>
        Name <input onChange={() => setDirty(true)} />
      </label>
      <button
        onClick={() => {
          say("asking");
          void shopify.saveBar.leaveConfirmation().then(() => say("may leave"));
        }}
      >
        Leave
      </button>
      <button onClick={() => history.pushState(null, "", "/orders/7?tab=lines&shop=x")}>
        Go to an order
      </button>
      <a href="shopify://admin/orders/42" target="_top">
        In Shopify
      </a>
      <output>{said}</output>
    </>
  );
}

document.addEventListener("shopify:navigate", (event) => {
  const href = (event.target as HTMLElement).getAttribute("href");
  if (href !== null) history.pushState(null, "", href);
});
createRoot(document.querySelector("main") ?? document.body).render(<App />);
