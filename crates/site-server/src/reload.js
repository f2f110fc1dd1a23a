// Loads the page anew when the site was made anew. `cargo xtask serve --dev` alone puts it into pages.
(async () => {
  let shown = '';
  for (;;) {
    try {
      const made = await (await fetch(`/@dev/site?${shown}`)).text();
      if (shown && made !== shown) return location.reload();
      shown = made;
    } catch {
      // The server is being started anew.
      await new Promise((soon) => setTimeout(soon, 300));
    }
  }
})();
