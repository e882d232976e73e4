// The bridge between a plugin's widget and the product's page: the widget's side. An ES module without dependencies.
//
//   import { connect } from "/api/plugins/ui/widget.js";
//   const product = await connect();
//   const answer = await product.call({ path: "/custom-analytics" });
//
// The types of messages are those of bridge.js.

const VERSION = 1;

/**
 * @typedef {object} ProductPage
 * @property {object} props what the manifest and the page give this widget
 * @property {(call: import("./bridge.js").EndpointCall) => Promise<import("./bridge.js").EndpointAnswer>} call
 *     calls an endpoint of this plugin, as the user who is signed in; every status is an answer
 * @property {(height?: number) => Promise<number>} resize asks for so many pixels, by default as many as the content has
 * @property {(text: string, level?: "info" | "success" | "warning" | "error") => Promise<null>} toast
 *
 * A promise fails with an `Error` that has a `code`: invalid, unavailable, unknown, overloaded, failed.
 */

/**
 * Reaches the page around this frame. Nothing comes back when there is none.
 *
 * @returns {Promise<ProductPage>}
 */
export function connect() {
    return new Promise((resolve) => {
        const welcome = (event) => {
            if (event.source !== parent || event.data?.storysign !== "welcome" || event.data.version !== VERSION) return;
            removeEventListener("message", welcome);
            resolve(page(event.ports[0], event.data.props));
        };
        addEventListener("message", welcome);
        // Says only that somebody is here, so whoever the page is may know it.
        parent.postMessage({ storysign: "hello", version: VERSION }, "*");
    });
}

/** @returns {ProductPage} */
function page(port, props) {
    const waiting = new Map();
    let last = 0;
    port.onmessage = ({ data }) => {
        const asked = waiting.get(data.id);
        waiting.delete(data.id);
        if (data.error) asked?.reject(Object.assign(new Error(data.error.message), { code: data.error.code }));
        else asked?.resolve(data.ok);
    };
    const ask = (message) =>
        new Promise((resolve, reject) => {
            const id = ++last;
            waiting.set(id, { resolve, reject });
            port.postMessage({ id, ...message });
        });
    return {
        props,
        call: (call) => ask({ ask: "call", call }),
        resize: (height = document.documentElement.offsetHeight) => ask({ ask: "resize", height }),
        toast: (text, level = "info") => ask({ ask: "toast", toast: { text, level } }),
    };
}
