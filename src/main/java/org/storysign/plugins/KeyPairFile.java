package org.storysign.plugins;

import java.nio.file.Path;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.storage.embedded.SecretFile;

/**
 * A pair of keys in one file that only its owner can read: the private key in PEM, then the public one.
 */
record KeyPairFile(String privateKey, String publicKey) {

    private static final String PUBLIC = "-----BEGIN PUBLIC KEY-----";

    /** The pair in the file; when there is none, an Ed25519 one, written there first. */
    static KeyPairFile readOrGenerate(Path file) {
        String text = SecretFile.readOrGenerate(file, KeyPairFile::fresh);
        int parted = Math.max(0, text.indexOf(PUBLIC));
        return new KeyPairFile(text.substring(0, parted), text.substring(parted));
    }

    private static String fresh() {
        SigningKey.Pair pair = SigningKey.generate(KeyAlgorithm.ED25519);
        return pair.signing().pem() + pair.verifying().pem();
    }
}
