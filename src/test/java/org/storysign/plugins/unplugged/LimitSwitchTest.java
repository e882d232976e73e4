package org.storysign.plugins.unplugged;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.limits.CodeLimits;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.HttpLimits;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.sandbox.SandboxConfig;
import org.storysign.plugins.sandbox.chicory.TrialLimits;
import org.storysign.plugins.worker.WorkerTerms;

class LimitSwitchTest {

    private static final SecurityLevel LEVEL = SecurityLevel.STANDARD;

    /** What refuses nobody: of a sandbox's configuration, and of the terms of loading and of workers. */
    private static final Set<String> SHAPE = Set.of(
            "SandboxConfig.processors",
            "SandboxConfig.memoryPatience",
            "SandboxConfig.threadKeepAlive",
            "SandboxConfig.deepestCall",
            "LoadTerms.deadAfter",
            "LoadTerms.forgottenAfter",
            "WorkerTerms.patience",
            "WorkerTerms.longestStart",
            "WorkerTerms.confinement");

    private static final SandboxConfig CONFIG = SandboxConfig.ofThisMachine();
    private static final TrialLimits TRIAL =
            new TrialLimits(Duration.ofSeconds(1), Duration.ofSeconds(2), MemorySize.ofMiB(16));

    @Test
    void every_limit_there_is_has_a_switch() {
        Stream<String> limits = Stream.of(
                        Limits.class,
                        HttpLimits.class,
                        CodeLimits.class,
                        DataLimits.class,
                        SandboxConfig.class,
                        LoadTerms.class,
                        WorkerTerms.class,
                        TrialLimits.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(component -> component.getType() != HttpLimits.class)
                .map(LimitSwitchTest::name)
                .filter(name -> !SHAPE.contains(name));

        assertThat(Arrays.stream(LimitSwitch.values())
                        .map(each -> each.limits().getSimpleName() + "." + each.component()))
                .containsExactlyInAnyOrderElementsOf(limits.toList());
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    @ParameterizedTest
    @EnumSource
    void a_switch_unplugs_its_own_limit_and_no_other(LimitSwitch limit) {
        List<String> before = values();

        limit.unplug(() -> {
            List<String> unplugged = values();
            assertThat(unplugged).hasSameSizeAs(before);
            assertThat(unplugged.stream().filter(value -> !before.contains(value)))
                    .singleElement()
                    .asString()
                    .startsWith(limit.limits().getSimpleName() + "." + limit.component() + "=");
        });

        assertThat(values()).isEqualTo(before);
    }

    /** Every limit as a test hands it on now. */
    private static List<String> values() {
        Limits call = LimitSwitch.plugged(LEVEL.limits());
        return Stream.of(
                        call,
                        call.http(),
                        LimitSwitch.plugged(LEVEL.code()),
                        LimitSwitch.plugged(LEVEL.data()),
                        LimitSwitch.plugged(CONFIG),
                        LimitSwitch.plugged(LoadTerms.USUAL),
                        LimitSwitch.plugged(WorkerTerms.ofThisMachine()),
                        LimitSwitch.plugged(TRIAL))
                .flatMap(limits -> Arrays.stream(limits.getClass().getRecordComponents())
                        .filter(component -> component.getType() != HttpLimits.class)
                        .map(component -> name(component) + "=" + value(component, limits)))
                .toList();
    }

    private static Object value(RecordComponent component, Record limits) {
        try {
            return component.getAccessor().invoke(limits);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
