package org.storysign.plugins.platform.sdk;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.platform.PlatformDescription;

/** The SDKs are as the description says. */
class SdkSourcesTest {

    private static final SdkPlatform PLATFORM =
            SdkPlatform.of(PlatformDescription.read(), new FakePlatform().functions());

    static List<SdkLanguage> languages() {
        return SdkLanguage.all();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void the_functions_of_an_sdk_are_those_that_are_described(SdkLanguage language) {
        Golden.assertUnchanged(
                language.sdkFile(), language.sdk(PLATFORM).lines().toList());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void the_calls_of_an_sdk_are_the_examples_of_the_description(SdkLanguage language) {
        Golden.assertUnchanged(
                language.callsFile(), language.calls(PLATFORM).lines().toList());
    }
}
