package org.storysign.plugins.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** What may stand where, below a base package. A room that is not built yet breaks no rule. */
final class HouseRules {

    private static final String[] FRAMEWORKS = {
        "io.quarkus..",
        "io.smallrye..",
        "io.vertx..",
        "io.netty..",
        "jakarta..",
        "org.eclipse.microprofile..",
        "org.hibernate..",
        "org.jboss.."
    };
    private static final String[] DATABASE = {
        "jakarta.persistence..",
        "org.hibernate..",
        "io.quarkus.hibernate..",
        "io.quarkus.panache..",
        "java.sql..",
        "javax.sql..",
        "io.agroal..",
        "io.vertx.sqlclient..",
        "io.vertx.pgclient..",
        "io.vertx.mutiny.sqlclient..",
        "io.vertx.mutiny.pgclient..",
        "org.flywaydb..",
        "org.postgresql..",
        "io.zonky.."
    };
    private static final String SAYS_NOTHING = ".*(Manager|Helper|Utils?|Impl|Dto|Processor)";

    private final String base;

    HouseRules(String base) {
        this.base = base;
    }

    private static final List<Room> TOUCH_FILES = List.of(Room.PLUGIN, Room.STORAGE, Room.CLI, Room.ROOT);

    /** Every rule by the sentence that names it. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("a room sees only rooms that stand before it", classes().should(seeOnlyRoomsBefore()));
        rules.put(
                "packages are free of cycles",
                slices().matching(base + ".(**)").should().beFreeOfCycles());
        rules.put(
                "plain rooms know no framework",
                noClasses().that(stand(Room::isPlain)).should().dependOnClassesThat(resideInAnyPackage(FRAMEWORKS)));
        rules.put(
                "the engine's parser is used only by wasm and the engine's adapter",
                only("com.dylibso.chicory.wasm..", Room.WASM, Room.SCAN, Room.FUEL, Room.CHICORY));
        rules.put(
                "the engine's runtime is used only by its adapter",
                only("com.dylibso.chicory.runtime..", Room.CHICORY));
        rules.put(
                "the engine's compiler is used only by its adapter",
                only("com.dylibso.chicory.compiler..", Room.CHICORY));
        rules.put(
                "no room that guests reach touches files of this machine",
                noClasses()
                        .that(stand(room -> !TOUCH_FILES.contains(room)))
                        // Processes are started by path. The one that tries modules, in which no guest runs, and a
                        // worker
                        // before it has a guest offer the system to die first; a worker also reads its classes then.
                        .and()
                        .doNotHaveSimpleName("TrialMain")
                        .and()
                        .doNotHaveSimpleName("EngineClassPath")
                        .and()
                        .doNotHaveSimpleName("TrialChild")
                        .and()
                        .doNotHaveSimpleName("WorkerCommand")
                        .and()
                        .doNotHaveSimpleName("Preparation")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("java.nio.file..")));
        rules.put("the database is spoken to only by storage", only(DATABASE, Room.STORAGE));
        rules.put(
                "HTTP resources stand only where HTTP is spoken",
                only("jakarta.ws.rs..", Room.REST, Room.ENDPOINT, Room.CONSOLE, Room.SECURITY));
        rules.put("every package has a door sign and is null-marked", classes().should(standInANullMarkedPackage()));
        rules.put("names say what a thing is", classes().should().haveNameNotMatching(SAYS_NOTHING));
        rules.replaceAll((sentence, rule) -> rule.as(sentence).allowEmptyShould(true));
        return rules;
    }

    private ArchRule only(String packages, Room... rooms) {
        return only(new String[] {packages}, rooms);
    }

    private ArchRule only(String[] packages, Room... rooms) {
        Set<Room> allowed = Set.of(rooms);
        return noClasses()
                .that(stand(room -> !allowed.contains(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages));
    }

    private DescribedPredicate<JavaClass> stand(Predicate<Room> where) {
        return DescribedPredicate.describe(
                "stand there",
                type -> Room.of(base, type.getPackageName()).filter(where).isPresent());
    }

    private ArchCondition<JavaClass> seeOnlyRoomsBefore() {
        return new ArchCondition<>("see only rooms that stand before") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<Room> here = Room.of(base, type.getPackageName());
                if (here.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " stands in no room"));
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String there = dependency.getTargetClass().getPackageName();
                    if (isOurs(there)
                            && Room.of(base, there).filter(here.get()::sees).isEmpty()) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private boolean isOurs(String packageName) {
        return (packageName + ".").startsWith(base + ".");
    }

    private static ArchCondition<JavaClass> standInANullMarkedPackage() {
        return new ArchCondition<>("stand in a package with a null-marked door sign") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .filter(sign -> sign.isAnnotatedWith(NullMarked.class))
                        .isPresent();
                if (!marked) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " stands in an unmarked package"));
                }
            }
        };
    }
}
