const page = document.querySelector('[data-state]');
try {
  const bytes = new Uint8Array(WASM.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = WASM.charCodeAt(i);
  WASM = undefined;
  await __wbg_init({ module_or_path: bytes });
  globalThis.mesocheckReady = true;
  const early = globalThis.mesocheckEarly;
  if (page && early) page.querySelector(`[data-action="${early}"]`)?.click();
} catch (error) {
  if (page) page.dataset.state = 'failed';
  console.error(error);
}
