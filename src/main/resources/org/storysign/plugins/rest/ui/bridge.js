// The bridge between the product's page and a plugin's widget: the page's side. An ES module without dependencies.
//
//   import { mount } from "/api/plugins/ui/bridge.js";
//   const widget = mount(document.querySelector("#sidebar"), component, { token: () => userToken, onToast: show });
//   …
//   widget.close();
//
// `component` is an element of GET /api/plugins/ui/components. The widget runs in a frame without an origin: it reaches no cookie,
// storage, window or network. All it can do is to send one of four messages over a port of its own, and each is checked here. Let the
// page's own Content-Security-Policy say `frame-src` of the plugins' files alone: then the frame cannot be led elsewhere either.

/**
 * @typedef {object} Component
 * @property {string} plugin_id
 * @property {string} name
 * @property {string} url where its page is
 * @property {object} props
 *
 * @typedef {object} Toast
 * @property {string} text plain text, at most 300 characters
 * @property {"info" | "success" | "warning" | "error"} level
 *
 * @typedef {object} Product what the page gives a widget
 * @property {() => (string | Promise<string>)} token the signed-in user's token, from POST /api/plugins/tokens by the product's server
 * @property {string} [base] where the plugin service is, `/api/plugins` by default
 * @property {object} [props] added to the component's own
 * @property {(toast: Toast) => void} [onToast] shows a message; its text is a plugin's, so it must never become HTML
 * @property {number} [tallest] pixels a widget may grow to, 2000 by default
 *
 * @typedef {object} EndpointCall
 * @property {string} path such as `/custom-analytics`
 * @property {"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} [method]
 * @property {Record<string, string>} [query]
 * @property {string} [body]
 * @property {string} [contentType]
 *
 * @typedef {object} EndpointAnswer
 * @property {number} status
 * @property {string} contentType
 * @property {string} body
 *
 * @typedef {object} Mounted
 * @property {HTMLIFrameElement} frame
 * @property {() => void} close takes the widget away
 */

const VERSION = 1;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const LEVELS = ["info", "success", "warning", "error"];
const LONGEST_TEXT = 300;
const LONGEST_BODY = 1 << 20;
const MOST_WAITING = 16;
const SEGMENT = /^[A-Za-z0-9._~-]+$/;

/** A message that is refused; its code tells the widget why. */
class Refused extends Error {
    /** @param {string} code @param {string} message */
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}

/**
 * Shows a component at the end of `container`.
 *
 * @param {HTMLElement} container
 * @param {Component} component
 * @param {Product} product
 * @returns {Mounted}
 */
export function mount(container, component, product) {
    const frame = document.createElement("iframe");
    frame.title = component.name;
    frame.setAttribute("sandbox", "allow-scripts");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.setAttribute("allow", "");
    frame.style.border = "0";
    frame.style.width = "100%";

    /** @type {MessagePort | null} */
    let port = null;
    let loaded = false;
    const close = () => {
        removeEventListener("message", greet);
        port?.close();
        frame.remove();
    };

    /** @param {MessageEvent} event */
    const greet = (event) => {
        // Only this frame's window, only while it has no origin, only once: anything else is somebody else's message.
        if (event.source !== frame.contentWindow || event.origin !== "null" || port !== null) return;
        if (event.data?.storysign !== "hello" || event.data.version !== VERSION) return;
        const channel = new MessageChannel();
        port = channel.port1;
        port.onmessage = answering(component, product, frame, port);
        const props = { ...component.props, ...product.props };
        // The widget has no origin that could be named here; its window was just compared.
        event.source.postMessage({ storysign: "welcome", version: VERSION, props }, "*", [channel.port2]);
    };

    frame.addEventListener("load", () => {
        // A second page in the frame is none we let in.
        if (loaded) close();
        loaded = true;
    });
    addEventListener("message", greet);
    frame.src = component.url;
    container.append(frame);
    return { frame, close };
}

/** Answers a widget's requests, each `{id, ask, …}` by `{id, ok}` or `{id, error: {code, message}}`. */
function answering(component, product, frame, port) {
    let waiting = 0;
    return async (event) => {
        const id = event.data?.id;
        if (!Number.isSafeInteger(id)) return;
        if (waiting >= MOST_WAITING) {
            port.postMessage({ id, error: { code: "overloaded", message: `more than ${MOST_WAITING} requests wait` } });
            return;
        }
        waiting++;
        try {
            port.postMessage({ id, ok: await answer(event.data, component, product, frame) });
        } catch (fault) {
            const known = fault instanceof Refused;
            const error = { code: known ? fault.code : "failed", message: known ? fault.message : "the product's page failed" };
            port.postMessage({ id, error });
        } finally {
            waiting--;
        }
    };
}

function answer(message, component, product, frame) {
    switch (message.ask) {
        case "call":
            return call(message.call, component, product);
        case "resize":
            return resize(message.height, product, frame);
        case "toast":
            return toast(message.toast, product);
        default:
            throw new Refused("unknown", "a widget may ask for: call, resize, toast");
    }
}

/** Calls an endpoint of the widget's own plugin, as the signed-in user. Which plugin that is, the widget has no say in. */
async function call(asked, component, product) {
    const { path, method = "GET", query = {}, body, contentType = "application/json" } = asked ?? {};
    if (!METHODS.includes(method)) throw new Refused("invalid", `method is none of ${METHODS.join(", ")}`);
    if (body !== undefined && (typeof body !== "string" || body.length > LONGEST_BODY || method === "GET")) {
        throw new Refused("invalid", "body is no text of at most a mebibyte, or the method has none");
    }
    if (typeof contentType !== "string") throw new Refused("invalid", "contentType is no text");
    const url = endpoint(path, query, component, product);
    const response = await fetch(url, {
        method,
        body,
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        cache: "no-store",
        headers: {
            Authorization: `Bearer ${await product.token()}`,
            ...(body === undefined ? {} : { "Content-Type": contentType }),
        },
    });
    return {
        status: response.status,
        contentType: response.headers.get("Content-Type") ?? "",
        body: await response.text(),
    };
}

function endpoint(path, query, component, product) {
    const segments = typeof path === "string" && path.startsWith("/") ? path.slice(1).split("/") : [];
    const plain = segments.every((segment) => SEGMENT.test(segment) && segment !== "." && segment !== "..");
    if (segments.length === 0 || !plain) throw new Refused("invalid", "path is none of an endpoint, such as /custom-analytics");
    if (query === null || typeof query !== "object") throw new Refused("invalid", "query is no object");
    const base = `${product.base ?? "/api/plugins"}/${encodeURIComponent(component.plugin_id)}/endpoints/`;
    const root = new URL(base, location.href);
    const url = new URL(segments.join("/"), root);
    if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) {
        throw new Refused("invalid", "path leads out of the plugin");
    }
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
    return url;
}

function resize(height, product, frame) {
    if (typeof height !== "number" || !(height >= 0)) throw new Refused("invalid", "height is no number of pixels");
    const pixels = Math.min(Math.ceil(height), product.tallest ?? 2000);
    frame.style.height = `${pixels}px`;
    return pixels;
}

function toast(asked, product) {
    const { text, level = "info" } = asked ?? {};
    if (typeof text !== "string" || !LEVELS.includes(level)) throw new Refused("invalid", "toast has no text, or an unknown level");
    if (!product.onToast) throw new Refused("unavailable", "this page shows no toasts");
    product.onToast({ text: text.slice(0, LONGEST_TEXT), level });
    return null;
}
