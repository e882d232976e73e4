package org.storysign.plugins.unplugged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.storysign.plugins.kit.LimitSwitch;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.worker.WorkerTerms;

/**
 * Unplugs one limit after the other and prints which tests turn red. One JVM runs the tests again for each limit; before that they
 * must all be green. {@code ./storysign test --unplugged} runs it alone.
 */
@Tag("full")
class LimitsUnpluggedTest {

    /** Tests that hold limits, from one value to the whole call. */
    private static final List<String> HOLDERS = List.of(
            "unplugged.LimitTest",
            "sandbox.SandboxTest",
            "sandbox.SharedMemoryTest",
            "sandbox.GuestMemoryTest",
            "sandbox.LoopTest",
            "sandbox.StackTest",
            "abi.ExtismKernelTest",
            "abi.EndingTest",
            "abi.ClockPollTest",
            "abi.WasiSubsetTest",
            "abi.HttpFunctionsTest",
            "wasm.PreflightTest",
            "wasm.scan.ModuleScannerTest",
            "platform.StorageFunctionsTest",
            "plugin.PatientLoadsTest",
            "plugin.PoisonedModuleTest",
            "sandbox.chicory.TrialProcessTest",
            "worker.RosterTest");

    /** Real workers take a second each. */
    private static final String WORKERS = "worker.WorkerTest";

    /** Stored data is counted by the database: its tests need the service. */
    private static final String STORAGE = "storage.KeyValueStoreContractTest";

    private static final String ROOMS = "org.storysign.plugins.";

    @Test
    void each_limit_turns_tests_red_when_it_is_unplugged() {
        List<String> all = new ArrayList<>(HOLDERS);
        all.addAll(List.of(STORAGE, WORKERS));
        assertThat(red(all)).as("red while every limit is plugged in").isEmpty();

        Map<LimitSwitch, Map<String, Integer>> red = new EnumMap<>(LimitSwitch.class);
        for (LimitSwitch limit : LimitSwitch.values()) {
            boolean isHeldByAll = limit.limits() == DataLimits.class || limit.limits() == WorkerTerms.class;
            limit.unplug(() -> red.put(limit, red(isHeldByAll ? all : HOLDERS)));
            print(limit, red.getOrDefault(limit, Map.of()));
        }

        assertThat(red)
                .allSatisfy((limit, tests) -> assertThat(tests).as(limit.name()).isNotEmpty());
        assertThat(red).hasSameSizeAs(LimitSwitch.values());
    }

    private static void print(LimitSwitch limit, Map<String, Integer> red) {
        int cases = red.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "%s unplugged, red: %d%n", limit.name().toLowerCase(Locale.ROOT).replace('_', ' '), cases);
        red.forEach((test, times) -> System.out.printf("    %s%s%n", test, times == 1 ? "" : " (" + times + " cases)"));
    }

    /** Runs the classes; the methods that failed, and in how many cases. */
    private static Map<String, Integer> red(List<String> classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        classes.stream().map(name -> selectClass(ROOMS + name)).toList())
                .build();
        Reds reds = new Reds();
        LauncherFactory.create().execute(request, reds);
        assertThat(reds.ran).as("tests that ran").isGreaterThan(50);
        return reds.methods;
    }

    private static final class Reds implements TestExecutionListener {

        private final Map<String, Integer> methods = Collections.synchronizedMap(new TreeMap<>());
        private int ran;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                ran++;
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                methods.merge(name(test), 1, Integer::sum);
            }
        }

        private static String name(TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(MethodSource.class::cast)
                    .map(method -> method.getClassName()
                                    .substring(method.getClassName().lastIndexOf('.') + 1) + "."
                            + method.getMethodName())
                    .orElse(test.getDisplayName());
        }
    }
}
