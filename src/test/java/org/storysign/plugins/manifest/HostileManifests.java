package org.storysign.plugins.manifest;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.storysign.plugins.manifest.ManifestText.LEAST;
import static org.storysign.plugins.manifest.ManifestText.with;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Manifests that must not be accepted, by what is wrong with them. */
final class HostileManifests {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private HostileManifests() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.putAll(byBytes());
        texts().forEach((name, text) -> all.put(name, text.getBytes(UTF_8)));
        return all;
    }

    private static Map<String, byte[]> byBytes() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("nothing", new byte[0]);
        all.put("UTF-16", LEAST.getBytes(UTF_16));
        all.put("byte-order mark", ("\uFEFF" + LEAST).getBytes(UTF_8));
        all.put("overlong slash", replace("Resizer", new byte[] {(byte) 0xC0, (byte) 0xAF}));
        all.put("lone continuation byte", replace("Resizer", new byte[] {(byte) 0x80}));
        all.put("encoded surrogate", replace("Resizer", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
        all.put("cut in a character", replace("Resizer", new byte[] {'a', (byte) 0xE2, (byte) 0x82}));
        all.put(
                "larger than 64 KiB",
                with("{\"description\": \"x\"}").concat(" ".repeat(65_536)).getBytes(UTF_8));
        all.put("latin-1", replace("Resizer", new byte[] {(byte) 0xFC}));
        return all;
    }

    private static byte[] replace(String text, byte[] by) {
        String latin = LEAST.replace(text, new String(by, java.nio.charset.StandardCharsets.ISO_8859_1));
        return latin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> texts() {
        Map<String, String> all = new LinkedHashMap<>();
        all.putAll(documents());
        all.putAll(identities());
        all.putAll(files());
        all.putAll(permissions());
        all.putAll(contributions());
        all.putAll(schemas());
        all.putAll(settings());
        return all;
    }

    private static Map<String, String> documents() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("null", "null");
        all.put("an array", "[" + LEAST + "]");
        all.put("a string", "\"manifest\"");
        all.put("two documents", LEAST + LEAST);
        all.put("trailing comma", LEAST.replace("\"}", "\",}"));
        all.put("trailing word", LEAST + "x");
        all.put("trailing brace", LEAST + "}");
        all.put("comment", LEAST.replace("{", "{/* */"));
        all.put("single quotes", LEAST.replace('"', '\''));
        all.put("unquoted names", LEAST.replace("\"id\"", "id"));
        all.put("truncated", LEAST.substring(0, LEAST.length() / 2));
        all.put("NaN", with("{}").replace("}", ", \"resource_limits\": {\"fuel\": NaN}}"));
        all.put("Infinity", with("{}").replace("}", ", \"resource_limits\": {\"fuel\": Infinity}}"));
        all.put("hexadecimal number", with("{}").replace("}", ", \"resource_limits\": {\"fuel\": 0x10}}"));
        all.put("leading zero", with("{}").replace("}", ", \"resource_limits\": {\"fuel\": 010}}"));
        all.put("id twice, good first", LEAST.replace("\"id\": \"resizer\"", "\"id\": \"resizer\", \"id\": \"evil\""));
        all.put("id twice, good last", LEAST.replace("\"id\": \"resizer\"", "\"id\": \"evil\", \"id\": \"resizer\""));
        all.put(
                "id twice, one escaped",
                LEAST.replace("\"id\": \"resizer\"", "\"id\": \"resizer\", \"\\u0069d\": \"evil\""));
        all.put(
                "permissions twice",
                with("{}").replace("}", ", \"permissions\": [], \"permissions\": [\"storage:read\"]}"));
        all.put(
                "twice inside",
                with("{}").replace("}", ", \"sandbox_config\": {\"instance\": \"fresh\", \"instance\": \"pooled\"}}"));
        all.put("depth 21", with("{\"config_schema\": {\"default\": " + "[".repeat(19) + "]".repeat(19) + "}}"));
        all.put(
                "depth 5,000",
                LEAST.replace("}", ", \"config_schema\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
        all.put("version missing", with("{\"manifest_version\": null}"));
        all.put("version 2", with("{\"manifest_version\": 2}"));
        all.put("version 0", with("{\"manifest_version\": 0}"));
        all.put("version as text", with("{\"manifest_version\": \"1\"}"));
        all.put("version 1.0", LEAST.replace("\"manifest_version\": 1", "\"manifest_version\": 1.0"));
        all.put("version 1e0", LEAST.replace("\"manifest_version\": 1", "\"manifest_version\": 1e0"));
        all.put("unknown field", with("{\"permision\": []}"));
        all.put("case variant", with("{\"Permissions\": []}"));
        all.put("__proto__", with("{\"__proto__\": {}}"));
        all.put("empty field name", with("{\"\": 1}"));
        all.put("lone surrogate", LEAST.replace("Resizer", "\\ud800"));
        all.put("reversed surrogates", LEAST.replace("Resizer", "\\udc00\\ud800"));
        all.put(
                "lone surrogate in a schema",
                with("{}").replace("}", ", \"config_schema\": {\"title\": \"\\udfff\"}}"));
        all.put("NUL in a schema", with("{}").replace("}", ", \"config_schema\": {\"title\": \"a\\u0000b\"}}"));
        all.put("huge exponent", with("{}").replace("}", ", \"config_schema\": {\"maximum\": 1e999999999}}"));
        all.put("tiny exponent", with("{}").replace("}", ", \"config_schema\": {\"multipleOf\": 1e-999999999}}"));
        all.put(
                "number of 5,000 digits",
                with("{}").replace("}", ", \"config_schema\": {\"maximum\": " + "9".repeat(5_000) + "}}"));
        return all;
    }

    private static Map<String, String> identities() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String id : List.of(
                "",
                "a",
                "-a",
                "Resizer",
                "re_sizer",
                "re sizer",
                "re/sizer",
                "../resizer",
                "..",
                "%2e%2e",
                "re%00sizer",
                "resizer\\u0000",
                "resizer\\n",
                "r\\u0435sizer",
                "\\ufb01lter",
                "\\u202eresizer",
                "re\\u0301sizer",
                "r\\u00e9sizer",
                "resizer\\u200b",
                "a".repeat(64),
                "install",
                "hooks",
                "ui",
                "store",
                "schema",
                "quotas",
                "blocked-digests",
                "live",
                "system-cleaner",
                "system-")) {
            all.put("id " + id, LEAST.replace("\"id\": \"resizer\"", "\"id\": \"" + id + "\""));
        }
        all.put("id missing", with("{\"id\": null}"));
        all.put("id a number", with("{\"id\": 12}"));
        for (String version : List.of(
                "", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-01", "1.0.0 ", "latest", "1.0.0-\\u0430")) {
            all.put("version " + version, LEAST.replace("\"version\": \"1.0.0\"", "\"version\": \"" + version + "\""));
        }
        all.put("version of 200 characters", with("{\"version\": \"1.0.0-" + "a".repeat(200) + "\"}"));
        all.put("version a number", with("{\"version\": 1.0}"));
        for (String name : List.of(
                "",
                " Resizer",
                "Resizer ",
                "Re\\nsizer",
                "Re\\u001b[31msizer",
                "Re\\u202esizer",
                "Re\\u0000sizer",
                "Re\\u2028sizer",
                "e\\u0301",
                "\\ue000",
                "Re\\u200dsizer",
                "a".repeat(101))) {
            all.put("name " + name, LEAST.replace("Resizer", name));
        }
        all.put("name missing", with("{\"name\": null}"));
        all.put("author with a tab", with("{\"author\": \"a\\tb\"}"));
        all.put("description turned round", with("{\"description\": \"\\u2067abc\"}"));
        for (String address : List.of(
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https://",
                "https://user@host.example/",
                "//host.example",
                "https://h\\u00f6st.example",
                "data:text/html,x")) {
            all.put("homepage " + address, with("{\"homepage\": \"" + address + "\"}"));
        }
        all.put("license with markup", with("{\"license\": \"<b>MIT</b>\"}"));
        all.put("min platform version", with("{\"min_platform_version\": \"1\"}"));
        return all;
    }

    private static Map<String, String> files() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String path : List.of(
                "",
                "../plugin.wasm",
                "/plugin.wasm",
                "a/../plugin.wasm",
                "a//plugin.wasm",
                "C:\\\\plugin.wasm",
                "plugin.wat",
                "plugin.wasm\\u0000.txt",
                "./plugin.wasm",
                "a/.hidden/plugin.wasm",
                "%2e%2e/plugin.wasm",
                "plug\\u0456n.wasm")) {
            all.put("entry point " + path, with("{\"entry_point\": \"" + path + "\"}"));
            all.put("file " + path, with("{\"files\": {\"../" + path + "\": \"" + DIGEST + "\"}}"));
        }
        all.put("entry point missing", with("{\"entry_point\": null}"));
        for (String digest : List.of(
                "",
                "sha256:",
                "sha256:abc",
                "md5:" + "0".repeat(32),
                DIGEST.toUpperCase(java.util.Locale.ROOT),
                DIGEST + "0",
                DIGEST.substring(7),
                DIGEST.replace('a', 'g'))) {
            all.put("digest " + digest, with("{\"digest\": \"" + digest + "\"}"));
        }
        all.put("file without digest", with("{\"files\": {\"a.html\": null, \"b.html\": 1}}"));
        all.put(
                "files that differ in case",
                with("{\"files\": {\"a.html\": \"" + DIGEST + "\", \"A.html\": \"" + DIGEST + "\"}}"));
        all.put("the entry point as a file", with("{\"files\": {\"Plugin.wasm\": \"" + DIGEST + "\"}}"));
        StringBuilder many = new StringBuilder("{\"files\": {");
        for (int index = 0; index <= 200; index++) {
            many.append("\"f%d\": \"%s\",".formatted(index, DIGEST));
        }
        all.put("201 files", with(many.substring(0, many.length() - 1) + "}}"));
        return all;
    }

    private static Map<String, String> permissions() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String permission : List.of(
                "\"\"",
                "\"*\"",
                "\"storage:*\"",
                "\"Storage:read\"",
                "\"storage:read \"",
                "\"stor\\u0430ge:read\"",
                "\"network:access\"",
                "1",
                "null",
                "[]",
                "{}",
                "{\"name\": \"all\"}",
                "{\"name\": \"storage:read\", \"hosts\": [\"a.example\"]}",
                "{\"name\": \"storage:read\", \"optional\": \"yes\"}",
                "{\"name\": \"storage:read\", \"reason\": \"\\u001b\"}",
                "{\"name\": \"network:access\"}",
                "{\"name\": \"network:access\", \"hosts\": []}",
                "{\"name\": \"network:access\", \"hosts\": \"a.example\"}",
                "{\"name\": \"network:access\", \"hosts\": [\"a.example\"], \"methods\": [\"TRACE\"]}",
                "{\"name\": \"network:access\", \"hosts\": [\"a.example\"], \"methods\": [\"get\"]}",
                "{\"name\": \"network:access\", \"hosts\": [\"a.example\"], \"methods\": []}",
                "{\"name\": \"network:access\", \"hosts\": [\"a.example\", \"a.example\"]}")) {
            all.put("permission " + permission, with("{\"permissions\": [" + permission + "]}"));
        }
        for (String host : List.of(
                "",
                "*",
                "*.example.com",
                "*.com",
                "a.*.com",
                "localhost",
                "localhost.",
                "example.com.",
                "Example.com",
                "ex\\u00e4mple.com",
                "ex\\u0430mple.com",
                "user@example.com",
                "https://example.com",
                "example.com/path",
                "example.com:0",
                "example.com:65536",
                "example.com:080",
                "example.com:",
                "127.0.0.1",
                "10.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "127.1",
                "0177.0.0.1",
                "1.2.3.4.5",
                "[::1]",
                "::1",
                "[::ffff:127.0.0.1]",
                "db.internal",
                "api.svc",
                "db.default.svc.cluster.local",
                "printer.local",
                "1.0.0.127.in-addr.arpa",
                "a..example",
                ".example.com",
                "-a.example.com",
                "a-.example.com",
                "exa mple.com",
                "example.com\\n",
                "example.com\\u0000",
                "xn--.example.com",
                "xn--a.example.com",
                "ab--c.example.com",
                "a_b.example.com",
                "a".repeat(64) + ".example.com")) {
            all.put(
                    "host " + host,
                    with("{\"permissions\": [{\"name\": \"network:access\", \"hosts\": [\"" + host + "\"]}]}"));
        }
        all.put("permission twice", with("{\"permissions\": [\"storage:read\", \"storage:read\"]}"));
        all.put(
                "permission twice in two forms",
                with("{\"permissions\": [\"storage:read\", {\"name\": \"storage:read\", \"optional\": true}]}"));
        all.put("permissions an object", with("{\"permissions\": {\"storage:read\": true}}"));
        return all;
    }

    private static Map<String, String> contributions() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String hook : List.of(
                "{}",
                "1",
                "{\"name\": \"Story\", \"type\": \"filter\", \"handler\": \"f\"}",
                "{\"name\": \"story\", \"type\": \"around\", \"handler\": \"f\"}",
                "{\"name\": \"story\", \"type\": \"FILTER\", \"handler\": \"f\"}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"\"}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"a b\"}",
                "{\"name\": \"story\", \"type\": \"filter\"}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\", \"priority\": 1000001}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\", \"priority\": 1.5}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\", \"priority\": 99999999999999999999}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\", \"on_error\": \"ignore\"}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\", \"target\": \"a b\"}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\", \"prioriti\": 1}",
                "{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"f\"}, {\"name\": \"story\", \"type\": \"filter\", \"handler\": \"g\"}")) {
            all.put("hook " + hook, with("{\"hooks\": [" + hook + "]}"));
        }
        for (String path : List.of(
                "",
                "/",
                "reports",
                "/a/",
                "//a",
                "/a//b",
                "/../b",
                "/a/./b",
                "/a?b",
                "/a#b",
                "/a%2fb",
                "/a b",
                "/{}",
                "/{A}",
                "/{a}/{a}",
                "/{a}b",
                "/\\u0430")) {
            all.put(
                    "path " + path,
                    with("{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"" + path
                            + "\", \"method\": \"GET\", \"handler\": \"f\"}]}"));
        }
        for (String method : List.of("get", "TRACE", "CONNECT", "*", "")) {
            all.put(
                    "method " + method,
                    with("{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"/a\", \"method\": \"" + method
                            + "\", \"handler\": \"f\"}]}"));
        }
        all.put(
                "auth none",
                with(
                        "{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"/a\", \"method\": \"GET\", \"handler\": \"f\", \"auth\": \"none\"}]}"));
        all.put(
                "two endpoints of one name",
                with(
                        "{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"/a\", \"method\": \"GET\", \"handler\": \"f\"}, {\"name\": \"a\", \"path\": \"/b\", \"method\": \"GET\", \"handler\": \"f\"}]}"));
        all.put(
                "two endpoints of one route",
                with(
                        "{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"/{x}\", \"method\": \"GET\", \"handler\": \"f\"}, {\"name\": \"b\", \"path\": \"/{y}\", \"method\": \"GET\", \"handler\": \"f\"}]}"));
        all.put(
                "component without file",
                with(
                        "{\"permissions\": [\"modify:ui\"], \"ui_components\": [{\"name\": \"a\", \"slot\": \"b\", \"source\": \"c.html\"}]}"));
        all.put(
                "component without permission",
                with("{\"files\": {\"c.html\": \"" + DIGEST
                        + "\"}, \"ui_components\": [{\"name\": \"a\", \"slot\": \"b\", \"source\": \"c.html\"}]}"));
        all.put(
                "component with listed props",
                with(
                        "{\"permissions\": [\"modify:ui\"], \"files\": {\"c.html\": \"" + DIGEST
                                + "\"}, \"ui_components\": [{\"name\": \"a\", \"slot\": \"b\", \"source\": \"c.html\", \"props\": []}]}"));
        return all;
    }

    private static Map<String, String> schemas() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String schema : List.of(
                "[]",
                "true",
                "{\"type\": \"array\"}",
                "{\"type\": \"objekt\"}",
                "{\"properties\": []}",
                "{\"properties\": {\"a\": {\"minimum\": \"1\"}}}",
                "{\"$ref\": \"https://evil.example/schema\"}",
                "{\"$ref\": \"file:///etc/passwd\"}",
                "{\"properties\": {\"a\": {\"$ref\": \"other.json\"}}}",
                "{\"$ref\": \"#/$defs/missing\"}",
                "{\"$ref\": \"#\"}",
                "{\"properties\": {\"a\": {\"$ref\": \"#\"}}}",
                "{\"$ref\": \"#/$defs/x%79\", \"$defs\": {\"x%79\": {}}}",
                "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}}",
                "{\"$id\": \"https://evil.example/\"}",
                "{\"$dynamicRef\": \"#a\"}",
                "{\"properties\": {\"a\": {\"$anchor\": \"a\"}}}",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
                "{\"properties\": {\"a\": {\"pattern\": \"(\"}}}",
                "{\"patternProperties\": {\"[\": {}}}",
                "{\"required\": \"a\"}",
                "{\"properties\": {\"a\": {\"pattern\": \"" + "a".repeat(501) + "\"}}}")) {
            all.put("schema " + schema, LEAST.replace("}", ", \"config_schema\": " + schema + "}"));
        }
        StringBuilder laughs = new StringBuilder("{\"$ref\": \"#/$defs/l0\", \"$defs\": {");
        for (int index = 0; index < 40; index++) {
            laughs.append("\"l%d\": {\"allOf\": [{\"$ref\": \"#/$defs/l%d\"}, {\"$ref\": \"#/$defs/l%d\"}]},"
                    .formatted(index, index + 1, index + 1));
        }
        all.put("a billion laughs", LEAST.replace("}", ", \"config_schema\": " + laughs + "\"l40\": {}}}}"));
        return all;
    }

    private static Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("level none", with("{\"sandbox_config\": {\"security_level\": \"none\"}}"));
        all.put("instance shared", with("{\"sandbox_config\": {\"instance\": \"shared\"}}"));
        all.put("memory 0", with("{\"resource_limits\": {\"memory_mib\": 0}}"));
        all.put("memory -1", with("{\"resource_limits\": {\"memory_mib\": -1}}"));
        all.put("memory as text", with("{\"resource_limits\": {\"memory_mib\": \"16\"}}"));
        all.put("fuel beyond a long", with("{\"resource_limits\": {\"fuel\": 99999999999999999999}}"));
        all.put("fuel a fraction", with("{\"resource_limits\": {\"fuel\": 1.5}}"));
        all.put("unknown limit", with("{\"resource_limits\": {\"cpu\": 1}}"));
        all.put("lifecycle unknown", with("{\"lifecycle\": {\"init\": \"a\"}}"));
        all.put("lifecycle export", with("{\"lifecycle\": {\"initialize\": \"a b\"}}"));
        all.put("depends on itself", with("{\"dependencies\": {\"resizer\": \"^1.0.0\"}}"));
        all.put("dependency range", with("{\"dependencies\": {\"other\": \"whatever\"}}"));
        all.put("dependency id", with("{\"dependencies\": {\"../other\": \"^1.0.0\"}}"));
        all.put("module twice", with("{\"supported_modules\": [\"a\", \"a\"]}"));
        all.put("module a number", with("{\"supported_modules\": [1]}"));
        return all;
    }
}
