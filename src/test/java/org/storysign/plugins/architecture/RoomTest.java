package org.storysign.plugins.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomTest {

    @ParameterizedTest
    @CsvSource({
        "WASM, PROBLEM, true",
        "PROBLEM, WASM, false",
        "ABI, SANDBOX, true",
        "ABI, CHICORY, false",
        "CHICORY, SANDBOX, true",
        "SANDBOX, CHICORY, false",
        "CLI, CHICORY, true",
        "WORKER, CHICORY, true",
        "WORKER, PLATFORM, false",
        "SANDBOX, WORKER, false",
        "REST, CHICORY, false",
        "SECURITY, CLUSTER, false",
        "CLUSTER, TELEMETRY, false",
        "STORAGE, SECURITY, true",
        "STORAGE, HOOK, true",
        "REST, STORAGE, false",
        "CLI, REST, false",
        "REST, TELEMETRY, true",
        "ROOT, STORAGE, true",
        "REST, ROOT, false"
    })
    void a_room_sees_only_what_stands_before_it(Room from, Room to, boolean sees) {
        assertThat(from.sees(to)).isEqualTo(sees);
    }

    @ParameterizedTest
    @CsvSource({
        "house, ROOT",
        "house.wasm, WASM",
        "house.wasm.fuel, FUEL",
        "house.wasm.text, WASM",
        "house.rest.view, REST"
    })
    void a_package_belongs_to_the_innermost_room_around_it(String packageName, Room room) {
        assertThat(Room.of("house", packageName)).contains(room);
    }

    @ParameterizedTest
    @CsvSource({"house.common", "house.wasmtime", "hut.wasm"})
    void a_package_outside_the_plan_belongs_to_no_room(String packageName) {
        assertThat(Room.of("house", packageName)).isEmpty();
    }
}
