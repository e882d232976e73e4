package org.storysign.plugins.rest;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.PackageStatement;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.wasm.WasmBinary;

/** Somebody who signs packages. */
final class Publisher {

    private final String name;
    private final SigningKey.Pair key;

    Publisher(String name, KeyAlgorithm algorithm) {
        this.name = name;
        this.key = SigningKey.generate(algorithm);
    }

    String fingerprint() {
        return key.verifying().fingerprint().value();
    }

    Map<String, Object> form() {
        return Map.of("publisher", name, "public_key", key.verifying().pem());
    }

    Response trustedBy(ApiTenant tenant) {
        return tenant.admin().contentType(ContentType.JSON).body(form()).post(ApiTenant.BASE + "/publishers");
    }

    byte[] sign(String manifest, byte[] module) {
        PackageStatement statement = PackageStatement.of(
                new ManifestReader()
                        .read(manifest.getBytes(StandardCharsets.UTF_8))
                        .source(),
                new WasmBinary(module).digest());
        return key.signing().sign(statement).bundle().getBytes(StandardCharsets.UTF_8);
    }

    /** Uploads it signed. */
    Response upload(ApiTenant tenant, String manifest, byte[] module) {
        return tenant.admin()
                .multiPart("manifest", "manifest.json", manifest.getBytes(StandardCharsets.UTF_8))
                .multiPart("module", "plugin.wasm", module)
                .multiPart("signature", "publisher.json", sign(manifest, module))
                .post(ApiTenant.BASE + "/upload");
    }
}
