// Extism's JavaScript SDK on V8. The protocol is told in ../README.md.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import createPlugin from '@extism/extism';

const [wasm, name, input, mode] = process.argv.slice(2);
const module = await WebAssembly.compile(readFileSync(wasm));
const data = new Uint8Array(readFileSync(input));
const options = { useWasi: false, config: {} };
const create = () => createPlugin({ wasm: [{ module }] }, options);
const kept = mode === 'reused' ? await create() : null;

async function call(exported) {
    const plugin = kept ?? (await create());
    const output = await plugin.call(exported, data);
    const text = output ? output.text() : '';
    // A kept plugin is reset, or its SDK runs out of block numbers after 32,768 calls.
    await (kept ? plugin.reset() : plugin.close());
    return text;
}

for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'canary') {
        console.log(`${await call('canary')} ${await call('canary')}`);
        continue;
    }
    const before = process.cpuUsage();
    for (let left = Number(line); left > 0; left--) {
        await call(name);
    }
    const used = process.cpuUsage(before);
    console.log(used.user + used.system);
}
process.exit(0);
