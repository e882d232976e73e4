package org.storysign.plugins.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of an identity provider, and tokens signed with it, good and bad ones. */
public record TestSigner(String issuer, String keyId, KeyPair pair) {

    public static final String AUDIENCE = "storysign-plugins";

    public static TestSigner fresh(String issuer, String keyId) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new TestSigner(issuer, keyId, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that was {@link #saved}, in this class loader. */
    static TestSigner of(String saved) {
        String[] parts = saved.split(" ", -1);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new TestSigner(
                    parts[0],
                    parts[1],
                    new KeyPair(
                            factory.generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(parts[2]))),
                            factory.generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(parts[3])))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String saved() {
        return String.join(
                " ",
                issuer,
                keyId,
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
    }

    /** As the issuer publishes it. */
    String published() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
                .formatted(
                        keyId,
                        url(key.getModulus().toByteArray()),
                        url(key.getPublicExponent().toByteArray()));
    }

    /** The claims of a good token for five minutes, with these in their place; one that is empty text is left out. */
    public Map<String, Object> claims(Map<String, ?> other) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(
                Map.of("iss", issuer, "aud", AUDIENCE, "sub", "ada", "iat", now, "exp", now + 300, "plugins", "*"));
        claims.putAll(other);
        claims.values().removeIf(""::equals);
        return claims;
    }

    /** Signed by RS256. */
    public String token(Map<String, ?> other) {
        return signed(other, Map.of());
    }

    /** The same with another {@code typ}. */
    public String token(Map<String, ?> other, String type) {
        return signed(other, Map.of("typ", type));
    }

    /** The same with these in its head. By the JDK alone, so that what checks it is not what made it. */
    public String signed(Map<String, ?> other, Map<String, ?> head) {
        String signed = head("RS256", head) + "." + payload(other);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not signed, and says so. */
    public String unsigned(Map<String, ?> other) {
        return head("none", Map.of()) + "." + payload(other) + ".";
    }

    /** Signed by HMAC with the public key for a secret. */
    public String confused(Map<String, ?> other) {
        String signed = head("HS256", Map.of()) + "." + payload(other);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));
            return signed + "." + url(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String head(String algorithm, Map<String, ?> other) {
        Map<String, Object> head = new HashMap<>(Map.of("alg", algorithm, "typ", "JWT", "kid", keyId));
        head.putAll(other);
        return json(head);
    }

    private String payload(Map<String, ?> other) {
        return json(claims(other));
    }

    private static String json(Map<String, Object> members) {
        try {
            return url(new ObjectMapper().writeValueAsBytes(members));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
