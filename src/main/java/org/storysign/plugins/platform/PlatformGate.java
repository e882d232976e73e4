package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.GuestFiles;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.TrapException;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.ValueType;

/**
 * The one way from guests to the platform. A function exists only by being registered here; a plugin is linked only to what it
 * imports and was granted; and every call asks again. Safe for concurrent use.
 */
public final class PlatformGate {

    /** What every function of the platform looks like: the handle of a block of JSON in, one out. */
    private static final FunctionType TYPE = FunctionType.of(List.of(ValueType.I64), List.of(ValueType.I64));

    private final Map<String, PlatformFunction> functions;
    private final Map<String, PlatformFunction> dry;
    private final Turnstile turnstile;
    private final GateListener listener;

    /** With {@link GateKeeping#LOCAL}. */
    public PlatformGate(Collection<PlatformFunction> functions) {
        this(functions, GateKeeping.LOCAL);
    }

    /** The same, in which dry runs find nothing. */
    public PlatformGate(Collection<PlatformFunction> functions, GateKeeping keeping) {
        this(functions, List.of(), keeping);
    }

    /**
     * @param dry what dry runs find under the names of {@code functions}; it keeps nothing
     */
    public PlatformGate(Collection<PlatformFunction> functions, Collection<PlatformFunction> dry, GateKeeping keeping) {
        this.turnstile = new Turnstile(keeping);
        this.listener = keeping.listener();
        this.dry = byName(dry);
        this.functions = byName(functions);
    }

    private static Map<String, PlatformFunction> byName(Collection<PlatformFunction> functions) {
        return new TreeMap<>(
                functions.stream().collect(Collectors.toMap(PlatformFunction::name, function -> function)));
    }

    /** Every registered function, by name. */
    public List<PlatformFunction> functions() {
        return List.copyOf(functions.values());
    }

    /**
     * The functions a module imports, each asking for its permission when it is called. Fails with {@code permission-not-granted},
     * naming the import, when its permission was neither granted nor asked for as optional; with {@code module-rejected} when
     * there is no such function. Imports of other modules are not the gate's business.
     */
    public List<HostFunction> link(PlatformTerms terms, List<ImportedFunction> imports) {
        return link(terms, imports, true);
    }

    /** The same, but every call is answered {@code permission-denied}, whatever was granted. */
    public List<HostFunction> linkRefused(PlatformTerms terms, List<ImportedFunction> imports) {
        return link(terms, imports, false);
    }

    private List<HostFunction> link(PlatformTerms terms, List<ImportedFunction> imports, boolean served) {
        List<HostFunction> linked = new ArrayList<>();
        for (ImportedFunction imported : imports) {
            if (imported.module().equals(UserFunctions.MODULE)) {
                PlatformFunction function = registered(imported);
                if (served) {
                    requireGrant(terms, imported, function);
                    linked.add(UserFunctions.of(
                            function.name(),
                            (call, input) -> answer(
                                    function, new PlatformCall(call, terms, function.service(), turnstile), input)));
                } else {
                    linked.add(UserFunctions.of(function.name(), (call, input) -> refusal(function)));
                }
            }
        }
        return List.copyOf(linked);
    }

    private static byte[] refusal(PlatformFunction function) {
        return GuestJson.error(
                PlatformCall.denied("`" + function.name() + "` is not called here: nothing of the platform is"));
    }

    /** What plugins on these terms reach of the network by {@code http_request}. */
    public HttpAccess http(HttpAccess network, PlatformTerms terms) {
        return new GatedHttp(
                network, new Passage(terms, PlatformService.HTTP, GatedHttp.FUNCTION, turnstile, listener));
    }

    /**
     * What plugins on these terms reach of files.
     *
     * @param content the package's files, by path
     */
    public GuestFiles files(FileStore store, Map<String, byte[]> content, PlatformTerms terms) {
        return new GatedFiles(
                store, content, new Passage(terms, PlatformService.FILES, GatedFiles.FUNCTION, turnstile, listener));
    }

    private byte[] answer(PlatformFunction function, PlatformCall call, byte[] input) {
        long begun = System.nanoTime();
        Optional<ProblemCode> refused = Optional.empty();
        try {
            return served(function, call, input);
        } catch (ProblemException refusal) {
            refused = Optional.of(refusal.code());
            return GuestJson.error(refusal);
        } catch (TrapException stopped) {
            refused = Optional.of(stopped.trap().code());
            throw stopped;
        } catch (RuntimeException fault) {
            refused = Optional.of(ProblemCode.INTERNAL_ERROR);
            throw fault;
        } finally {
            listener.answered(new GateAnswer(
                    call.terms().tenant(),
                    call.terms().plugin(),
                    function.service(),
                    function.name(),
                    refused,
                    Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    private byte[] served(PlatformFunction function, PlatformCall call, byte[] input) {
        if (!isGranted(call.terms(), function)) {
            throw PlatformCall.denied("`" + function.name() + "` needs permission " + names(function.anyOf())
                    + ", which the plugin was not granted");
        }
        call.count();
        PlatformFunction.Body body = call.context().dryRun() ? dryBody(function) : function.body();
        return GuestJson.ok(GuestJson.read(input, function.fields(), fields -> body.call(call, fields)));
    }

    private PlatformFunction.Body dryBody(PlatformFunction function) {
        PlatformFunction without = dry.get(function.name());
        if (without == null) {
            throw new ProblemException(
                    ProblemCode.DRY_RUN, "`" + function.name() + "` is not called in a dry run, which keeps nothing");
        }
        return without.body();
    }

    private PlatformFunction registered(ImportedFunction imported) {
        PlatformFunction function = functions.get(imported.name());
        if (function == null) {
            throw new ProblemException(
                    ProblemCode.MODULE_REJECTED,
                    "import " + GuestText.quote(imported.qualifiedName())
                            + " is not offered by this version of the service; it offers " + names(functions),
                    Map.of(FactKey.IMPORT, GuestText.quote(imported.qualifiedName())));
        }
        if (!imported.type().equals(TYPE)) {
            throw new ProblemException(
                    ProblemCode.MODULE_REJECTED,
                    "import " + GuestText.quote(imported.qualifiedName()) + " is " + imported.type() + ", expected "
                            + TYPE,
                    Map.of(
                            FactKey.IMPORT,
                            GuestText.quote(imported.qualifiedName()),
                            FactKey.FOUND,
                            imported.type().toString(),
                            FactKey.EXPECTED,
                            TYPE.toString()));
        }
        return function;
    }

    private static void requireGrant(PlatformTerms terms, ImportedFunction imported, PlatformFunction function) {
        boolean optional = terms.asked().stream()
                .filter(Permission::optional)
                .anyMatch(permission -> function.anyOf().contains(permission.name()));
        if (!isGranted(terms, function) && !optional) {
            throw new ProblemException(
                    ProblemCode.PERMISSION_NOT_GRANTED,
                    "import `" + imported.qualifiedName() + "` needs permission " + names(function.anyOf())
                            + ", which plugin `" + terms.plugin() + "` " + terms.version() + " was not granted",
                    Map.of(
                            FactKey.IMPORT,
                            imported.qualifiedName(),
                            FactKey.PERMISSION,
                            sorted(function.anyOf()).getFirst()));
        }
    }

    private static boolean isGranted(PlatformTerms terms, PlatformFunction function) {
        return function.anyOf().isEmpty() || function.anyOf().stream().anyMatch(terms.grants()::allows);
    }

    private static String names(Set<PermissionName> permissions) {
        return sorted(permissions).stream().map(name -> "`" + name + "`").collect(Collectors.joining(" or "));
    }

    private static List<String> sorted(Set<PermissionName> permissions) {
        return new TreeSet<>(permissions)
                .stream().map(PermissionName::publicName).toList();
    }

    private static String names(Map<String, PlatformFunction> functions) {
        return functions.isEmpty()
                ? "none"
                : functions.keySet().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
