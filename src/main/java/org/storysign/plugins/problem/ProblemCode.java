package org.storysign.plugins.problem;

import static org.storysign.plugins.problem.Category.CALLER;
import static org.storysign.plugins.problem.Category.CAPACITY;
import static org.storysign.plugins.problem.Category.INTERNAL;
import static org.storysign.plugins.problem.Category.PLUGIN;

/**
 * The catalogue of every fault a client can be told. Codes are public names: once released they are never renamed.
 * A golden file in the tests holds the list.
 */
public enum ProblemCode {
    // requests
    REQUEST_INVALID("request-invalid", CALLER, 400, "The request is not valid"),
    UNAUTHENTICATED("unauthenticated", CALLER, 401, "No valid key was given"),
    FORBIDDEN("forbidden", CALLER, 403, "The key does not have the role this needs"),
    NOT_FOUND("not-found", CALLER, 404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", CALLER, 405, "The address does not answer this method"),
    NOT_ACCEPTABLE("not-acceptable", CALLER, 406, "The answer cannot be given in a form the request accepts"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", CALLER, 415, "The body is of a type that is not accepted here"),
    REQUEST_TOO_LARGE("request-too-large", CALLER, 413, "The request is too large"),
    PRECONDITION_REQUIRED("precondition-required", CALLER, 428, "The request must say which revision it changes"),
    PRECONDITION_FAILED("precondition-failed", CALLER, 412, "Somebody else changed it first"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", CALLER, 422, "The idempotency key belongs to another request"),

    IDEMPOTENCY_KEY_IN_USE("idempotency-key-in-use", CALLER, 409, "The request is being carried out"),
    IDEMPOTENCY_ANSWER_NOT_KEPT(
            "idempotency-answer-not-kept", CALLER, 409, "The request was carried out, but its answer was not kept"),

    // plugins
    PLUGIN_NOT_FOUND("plugin-not-found", CALLER, 404, "There is no such plugin"),
    PLUGIN_NOT_ENABLED("plugin-not-enabled", CALLER, 409, "The plugin is not enabled"),
    PLUGIN_STATE_CONFLICT("plugin-state-conflict", CALLER, 409, "The plugin's state does not allow this"),
    PLUGIN_SHARED("plugin-shared", CALLER, 409, "The plugin is shared by the platform"),
    VERSION_EXISTS("version-exists", CALLER, 409, "This version exists with other content"),
    CONSENT_REQUIRED("consent-required", CALLER, 409, "Enabling the plugin needs consent"),
    PERMISSION_UNAVAILABLE("permission-unavailable", CALLER, 422, "A permission cannot be granted here"),
    PERMISSION_NOT_GRANTED("permission-not-granted", CALLER, 422, "The plugin needs a permission that was not granted"),
    LEVEL_UNAVAILABLE("level-unavailable", CALLER, 422, "The security level is not available here"),
    POLICY_FORBIDS("policy-forbids", CALLER, 422, "The tenant's policy does not allow this"),
    CONFIG_INVALID("config-invalid", CALLER, 422, "The configuration does not fit the plugin's schema"),
    SECRETS_UNAVAILABLE("secrets-unavailable", CAPACITY, 503, "Secrets cannot be kept or read at present"),
    AUDIT_BROKEN("audit-broken", INTERNAL, 500, "The audit trail was tampered with"),
    CHECKPOINTS_UNAVAILABLE("checkpoints-unavailable", CAPACITY, 503, "Nothing is configured that signs checkpoints"),
    DATA_NOT_FOUND("data-not-found", CALLER, 404, "There is no such key"),
    DATA_INVALID("data-invalid", CALLER, 422, "The data cannot be stored"),
    DATA_QUOTA_EXCEEDED("data-quota-exceeded", PLUGIN, 409, "The plugin's data has reached its limit"),

    // tenants
    TENANT_NOT_FOUND("tenant-not-found", CALLER, 404, "There is no such tenant"),
    TENANT_EXISTS("tenant-exists", CALLER, 409, "The tenant is there already"),

    // packages
    MANIFEST_INVALID("manifest-invalid", PLUGIN, 422, "The manifest is not valid"),
    MODULE_MALFORMED("module-malformed", PLUGIN, 422, "The module is not well-formed WebAssembly"),
    MODULE_INVALID("module-invalid", PLUGIN, 422, "The module does not pass WebAssembly's validation"),
    MODULE_TOO_LARGE("module-too-large", PLUGIN, 413, "The module is larger than its security level allows"),
    MODULE_CRASHES("module-crashes", PLUGIN, 422, "Processes of the service died while they loaded the module"),
    MODULE_REJECTED("module-rejected", PLUGIN, 422, "The module was rejected by the scan"),
    DIGEST_MISMATCH("digest-mismatch", PLUGIN, 422, "The content is not what its digest says"),
    SIGNATURE_REQUIRED("signature-required", PLUGIN, 422, "The package must be signed"),
    SIGNATURE_REJECTED("signature-rejected", PLUGIN, 422, "The package's signatures do not suffice"),
    DIGEST_BLOCKED("digest-blocked", CALLER, 422, "The package or module is blocked"),
    SOURCE_REFUSED("source-refused", CALLER, 422, "Packages are not taken from there"),
    SOURCE_FAILED("source-failed", CALLER, 422, "The source did not give the package"),
    OPERATION_INTERRUPTED("operation-interrupted", INTERNAL, 500, "The process at work on the operation has ended"),
    EXPORT_MISSING("export-missing", PLUGIN, 422, "The module does not export a function it names"),
    EXPORT_MISTYPED("export-mistyped", PLUGIN, 422, "An exported function has the wrong type"),
    INITIALIZE_FAILED("initialize-failed", PLUGIN, 422, "The plugin could not be initialised"),

    // what stopped a guest
    FUEL_EXHAUSTED("fuel-exhausted", PLUGIN, 422, "The plugin used up its fuel"),
    RUN_TIME_EXCEEDED("run-time-exceeded", PLUGIN, 422, "The plugin ran longer than it may"),
    WAIT_TIME_EXCEEDED("wait-time-exceeded", PLUGIN, 422, "The plugin waited longer than it may"),
    MEMORY_EXHAUSTED("memory-exhausted", PLUGIN, 422, "The plugin used up its memory"),
    STACK_EXHAUSTED("stack-exhausted", PLUGIN, 422, "The plugin's calls went too deep"),
    MEMORY_OUT_OF_BOUNDS("memory-out-of-bounds", PLUGIN, 422, "The plugin reached outside its memory"),
    TABLE_OUT_OF_BOUNDS("table-out-of-bounds", PLUGIN, 422, "The plugin reached outside a table"),
    UNREACHABLE("unreachable", PLUGIN, 422, "The plugin aborted"),
    ARITHMETIC_FAULT("arithmetic-fault", PLUGIN, 422, "The plugin divided by zero or overflowed"),
    INDIRECT_CALL_MISMATCH("indirect-call-mismatch", PLUGIN, 422, "The plugin called a function by the wrong type"),
    INPUT_TOO_LARGE("input-too-large", CALLER, 413, "The input is larger than the plugin may get"),
    OUTPUT_TOO_LARGE("output-too-large", PLUGIN, 422, "The plugin's output is larger than it may be"),
    HOST_CALLS_EXHAUSTED("host-calls-exhausted", PLUGIN, 422, "The plugin made more host calls than it may"),
    HTTP_DENIED("http-denied", PLUGIN, 422, "The plugin called an address it may not call"),
    HTTP_FAILED("http-failed", PLUGIN, 422, "The plugin's HTTP request failed"),
    PLUGIN_ERROR("plugin-error", PLUGIN, 422, "The plugin reported an error"),
    HANDLER_OUTPUT_INVALID(
            "handler-output-invalid", PLUGIN, 422, "The handler's output is not what its hook type expects"),
    ENDPOINT_OUTPUT_INVALID(
            "endpoint-output-invalid", PLUGIN, 422, "The endpoint's handler answered something that cannot be sent"),
    CALL_CANCELLED("call-cancelled", PLUGIN, 409, "The call was cancelled"),
    ENGINE_FAULT("engine-fault", INTERNAL, 500, "The engine failed while it ran the plugin"),

    // host functions (told to the guest, never to a client as a status of its own)
    PERMISSION_DENIED("permission-denied", PLUGIN, 403, "The plugin was not granted the permission this needs"),
    DRY_RUN("dry-run", PLUGIN, 409, "This is not done in a dry run"),
    QUOTA_EXCEEDED("quota-exceeded", PLUGIN, 429, "The plugin has used a service as often as it may"),
    AI_UNAVAILABLE("ai-unavailable", CAPACITY, 503, "No AI service answers this"),
    SERVICE_BUSY("service-busy", CAPACITY, 503, "The service serves as many calls as it may"),
    SERVICE_TIMEOUT("service-timeout", CAPACITY, 504, "The service did not answer in time"),
    SERVICE_UNAVAILABLE("service-unavailable", CAPACITY, 503, "The product's own service does not serve this"),

    // what the product keeps itself
    KEPT_ELSEWHERE("kept-elsewhere", CALLER, 409, "The product's own service keeps this"),

    // hooks
    HOOK_REFUSED("hook-refused", PLUGIN, 422, "A handler that must not fail has failed"),
    HOOK_DEADLINE_EXCEEDED("hook-deadline-exceeded", CAPACITY, 504, "The hook's handlers did not finish in time"),

    // hooks that are handled later
    EMIT_DEPTH_EXCEEDED("emit-depth-exceeded", PLUGIN, 422, "Too many hooks have emitted one another"),
    EVENT_TOO_LARGE("event-too-large", CALLER, 413, "The event is larger than the queue takes"),
    QUEUE_FULL("queue-full", CAPACITY, 503, "The queue holds as many events as it may"),
    EVENT_NOT_FOUND("event-not-found", CALLER, 404, "There is no such event"),
    EVENT_STATE_CONFLICT("event-state-conflict", CALLER, 409, "The event's state does not allow this"),
    EVENT_ABANDONED("event-abandoned", INTERNAL, 500, "No process that took the event up has come to its end"),

    // capacity and inside
    OVERLOADED("overloaded", CAPACITY, 503, "The service is busy"),
    RATE_LIMITED("rate-limited", CAPACITY, 429, "There were too many requests in a short time"),
    PLUGIN_LOADING("plugin-loading", CAPACITY, 503, "The plugin's module is still being loaded"),
    PLUGIN_OVERLOADED("plugin-overloaded", CAPACITY, 503, "Too many calls of this plugin wait"),
    IDENTITY_PROVIDER_UNAVAILABLE(
            "identity-provider-unavailable", CAPACITY, 503, "The identity provider cannot be asked for its keys"),
    DATABASE_UNAVAILABLE("database-unavailable", CAPACITY, 503, "The database does not answer"),
    INTERNAL_ERROR("internal-error", INTERNAL, 500, "Something went wrong inside the service");

    private final String code;
    private final Category category;
    private final int status;
    private final String title;

    ProblemCode(String code, Category category, int status, String title) {
        this.code = code;
        this.category = category;
        this.status = status;
        this.title = title;
    }

    /** The public name, kebab-case. */
    public String code() {
        return code;
    }

    public Category category() {
        return category;
    }

    /** The HTTP status a client gets. */
    public int status() {
        return status;
    }

    /** One sentence for a person, the same for every occurrence. */
    public String title() {
        return title;
    }
}
