/** What the Admin page needs to know to be drawn. */
export type AdminPage = {
  shopName: string;
  appName: string;
  /** The app's path inside the Admin. */
  home: string;
  /** Where the page gets a fresh session token (POST). */
  tokenPath: string;
  appOrigin: string;
  frameUrl: string;
};

/** The Admin around the app: top bar, navigation, title bar, the app's iframe, a place for toasts. */
export function renderAdminPage(page: AdminPage): string {
  const menu = ["Home", "Orders", "Products", "Customers", "Analytics", "Settings"];
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(`${page.shopName} · ${page.appName}`)}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/admin-assets/admin.css">
</head>
<body data-name="${escapeHtml(`${page.shopName} · ${page.appName}`)}" data-home="${escapeHtml(page.home)}" data-token-path="${escapeHtml(page.tokenPath)}" data-app-origin="${escapeHtml(page.appOrigin)}">
  <header class="topbar">
    <button class="menu-button" type="button" aria-controls="nav" aria-expanded="false">Menu</button>
    <span class="brand">shop<span class="brand-thin">simulator</span></span>
    <span class="search" aria-hidden="true">Search</span>
    <span class="store"><span class="store-icon" aria-hidden="true">${escapeHtml(page.shopName.slice(0, 2).toUpperCase())}</span><span class="store-name">${escapeHtml(page.shopName)}</span></span>
  </header>
  <div class="save-bar" id="save-bar" role="region" aria-label="Unsaved changes" hidden>
    <span class="save-bar-words" role="status">Unsaved changes</span>
    <span class="save-bar-buttons" id="save-bar-buttons"></span>
  </div>
  <div class="loading" id="loading" role="progressbar" aria-label="Loading" hidden></div>
  <div class="frame">
    <nav class="nav" id="nav" aria-label="Admin">
      <ul>${menu.map((item) => `<li><span class="nav-item">${item}</span></li>`).join("")}</ul>
      <p class="nav-heading">Apps</p>
      <ul>
        <li><a class="nav-item nav-app" id="app-link" href="${escapeHtml(page.home)}">${escapeHtml(page.appName)}</a>
          <ul class="nav-sub" id="app-nav"></ul></li>
      </ul>
    </nav>
    <main class="main">
      <div class="titlebar">
        <span class="app-icon" aria-hidden="true">E</span>
        <span class="back" id="back"></span>
        <span class="titles"><span class="app-name">${escapeHtml(page.appName)}</span><h1 id="title"></h1></span>
        <span class="actions" id="actions"></span>
      </div>
      <iframe id="app" name="app-iframe" title="${escapeHtml(page.appName)}" data-src="${escapeHtml(page.frameUrl)}" allow="clipboard-write"></iframe>
    </main>
  </div>
  <div class="toasts" id="toasts" role="status" aria-live="polite"></div>
  <dialog class="leaving" id="leaving" aria-labelledby="leaving-title">
    <h2 id="leaving-title"></h2>
    <p id="leaving-text"></p>
    <div class="leaving-buttons" id="leaving-buttons"></div>
  </dialog>
  <script type="module" src="/admin-assets/admin.browser.ts"></script>
</body>
</html>
`;
}

/** Where one of the Admin's own pages would be: an order, a product, its settings. */
export function renderElsewhere({
  shopName,
  home,
  path,
}: {
  shopName: string;
  home: string;
  path: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(`${shopName} · Admin`)}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/admin-assets/admin.css">
</head>
<body>
  <main class="elsewhere">
    <h1>Here Shopify’s Admin would open ${escapeHtml(path)}</h1>
    <p>This simulated Admin has no pages but the app’s.</p>
    <p><a href="${escapeHtml(home)}">Back to the app</a></p>
  </main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
