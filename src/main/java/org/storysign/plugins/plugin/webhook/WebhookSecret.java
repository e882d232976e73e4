package org.storysign.plugins.plugin.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a webhook's messages are signed with: 32 random bytes, shown once as {@code whsec_} and base64. Never printed. */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    public static WebhookSecret random() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new WebhookSecret(key);
    }

    /** Of what {@link #text} gave. */
    public static WebhookSecret of(String text) {
        return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The header {@code webhook-signature}: {@code v1,} and the base64 of HMAC-SHA256 over {@code id.seconds.body}. */
    public String signature(String id, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "a webhook's secret";
    }
}
