package org.storysign.plugins.kit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.identity.Role;

/**
 * The identity provider that the tested service trusts. Quarkus loads this class anew for the service, so its key is remembered in a
 * system property; it runs as long as this JVM.
 */
public final class TestIdentities implements QuarkusTestResourceLifecycleManager {

    private static final String SIGNER = "kit.issuer.signer";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "storysign.oidc.issuer", signer().issuer(),
                "storysign.oidc.audience", TestSigner.AUDIENCE,
                "storysign.oidc.name", "test",
                "storysign.oidc.roles-claim", "/access/roles",
                "storysign.oidc.tenant-claim", "tenant",
                "storysign.oidc.plugins-claim", "plugins",
                "storysign.oidc.users", "any"));
        Arrays.stream(Role.values())
                .filter(role -> role != Role.USER)
                .forEach(role -> settings.put("storysign.oidc.roles." + role.publicName(), theirs(role)));
        return settings;
    }

    @Override
    public void stop() {}

    /** What gives the role. */
    public static String theirs(Role role) {
        return "plugins-" + role.publicName();
    }

    /** The key it signs with. */
    public static TestSigner signer() {
        synchronized (System.class) {
            if (System.getProperty(SIGNER) == null) {
                System.setProperty(SIGNER, new TestIssuer().signer().saved());
            }
        }
        return TestSigner.of(System.getProperty(SIGNER));
    }
}
