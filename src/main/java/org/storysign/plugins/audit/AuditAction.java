package org.storysign.plugins.audit;

/** Every kind of event the audit trail knows; the public name is what GET /audit shows. */
public enum AuditAction {
    PLUGIN_INSTALL("plugin.install"),
    RELEASE_SIGN("release.sign"),
    RELEASE_ACTIVATE("release.activate"),
    RELEASE_ACTIVATE_FAILED("release.activate-failed"),
    PLUGIN_ENABLE("plugin.enable"),
    PLUGIN_ENABLE_FAILED("plugin.enable-failed"),
    PLUGIN_DISABLE("plugin.disable"),
    PLUGIN_UNINSTALL("plugin.uninstall"),
    PLUGIN_SHARE("plugin.share"),
    PLUGIN_UNSHARE("plugin.unshare"),
    PLUGIN_ADOPT("plugin.adopt"),
    PLUGIN_MODE("plugin.mode"),
    PLUGIN_QUARANTINE("plugin.quarantine"),
    PLUGIN_RETRY("plugin.retry"),
    PLUGIN_RECOVER("plugin.recover"),
    CONFIG_CHANGE("config.change"),
    SECRETS_RESEAL("secrets.reseal"),
    DATA_WRITE("data.write"),
    DATA_DELETE("data.delete"),
    HOOK_POLICY_CHANGE("hook-policy.change"),
    EVENT_REDRIVE("event.redrive"),
    EVENT_DELETE("event.delete"),
    USER_DATA_EXPORT("user-data.export"),
    USER_DATA_ERASE("user-data.erase"),
    TENANT_CREATE("tenant.create"),
    TENANT_POLICY_CHANGE("tenant-policy.change"),
    WEBHOOK_CREATE("webhook.create"),
    WEBHOOK_DELETE("webhook.delete"),
    KEY_CREATE("key.create"),
    KEY_REVOKE("key.revoke"),
    CONSENT_GIVE("consent.give"),
    PUBLISHER_KEY_TRUST("publisher-key.trust"),
    PUBLISHER_KEY_REVOKE("publisher-key.revoke"),
    DIGEST_BLOCK("digest.block"),
    DIGEST_UNBLOCK("digest.unblock"),
    SIGNATURE_REFUSE("signature.refuse"),
    PLATFORM_DENIED("platform.denied");

    private final String publicName;

    AuditAction(String publicName) {
        this.publicName = publicName;
    }

    public String publicName() {
        return publicName;
    }
}
