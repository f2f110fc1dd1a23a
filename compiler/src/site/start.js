const page = document.querySelector('[data-state]');
try {
  // The low byte of each character, but for letters that stand for what a string may not hold.
  const byteOf = new Uint8Array(512).map((_, code) => code);
  [0, 10, 13, 34, 92].forEach((byte, i) => { byteOf['{Z^YW'.charCodeAt(i)] = byte; });
  const bytes = new Uint8Array(WASM.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = byteOf[WASM.charCodeAt(i)];
  WASM = undefined;
  await __wbg_init({ module_or_path: bytes });
  globalThis.mesocheckReady = true;
  // Also where the first script was blocked.
  document.documentElement.dataset.app = '';
  const early = globalThis.mesocheckEarly;
  if (page && early) page.querySelector(`[data-action="${early}"]`)?.click();
} catch (error) {
  if (page) page.dataset.state = 'failed';
  console.error(error);
}
