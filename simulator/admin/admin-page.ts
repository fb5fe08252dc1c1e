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
<body data-home="${escapeHtml(page.home)}" data-token-path="${escapeHtml(page.tokenPath)}" data-app-origin="${escapeHtml(page.appOrigin)}">
  <header class="topbar">
    <button class="menu-button" type="button" aria-controls="nav" aria-expanded="false">Menu</button>
    <span class="brand">shop<span class="brand-thin">simulator</span></span>
    <span class="search" aria-hidden="true">Search</span>
    <span class="store"><span class="store-icon" aria-hidden="true">${escapeHtml(page.shopName.slice(0, 2).toUpperCase())}</span><span class="store-name">${escapeHtml(page.shopName)}</span></span>
  </header>
  <div class="loading" id="loading" hidden></div>
  <div class="frame">
    <nav class="nav" id="nav" aria-label="Admin">
      <ul>${menu.map((item) => `<li><span class="nav-item">${item}</span></li>`).join("")}</ul>
      <p class="nav-heading">Apps</p>
      <ul>
        <li><a class="nav-item nav-app" href="${escapeHtml(page.home)}">${escapeHtml(page.appName)}</a>
          <ul class="nav-sub" id="app-nav"></ul></li>
      </ul>
    </nav>
    <main class="main">
      <div class="titlebar">
        <span class="app-icon" aria-hidden="true">E</span>
        <span class="titles"><span class="app-name">${escapeHtml(page.appName)}</span><h1 id="title"></h1></span>
        <span class="actions" id="actions"></span>
      </div>
      <iframe id="app" name="app-iframe" title="${escapeHtml(page.appName)}" src="${escapeHtml(page.frameUrl)}" allow="clipboard-write"></iframe>
    </main>
  </div>
  <div class="toasts" id="toasts" role="status" aria-live="polite"></div>
  <script src="/admin-assets/admin.js"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
