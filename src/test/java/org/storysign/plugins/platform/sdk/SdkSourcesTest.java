package org.storysign.plugins.platform.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.platform.PlatformDescription;

/** The SDKs are as the description says. */
class SdkSourcesTest {

    private static final SdkPlatform PLATFORM =
            SdkPlatform.of(PlatformDescription.read(), new FakePlatform().functions());

    static List<Named<SdkLanguage>> languages() {
        return SdkLanguage.all().stream()
                .map(language -> Named.of(language.name(), language))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void functions_and_calls_are_made_of_the_description(SdkLanguage language) {
        assertAll(language.files(PLATFORM).entrySet().stream()
                .map(file -> () -> Golden.assertUnchanged(
                        file.getKey(), file.getValue().lines().toList())));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void what_the_reference_page_shows_is_compiled(SdkLanguage language) {
        String sources = String.join("", language.files(PLATFORM).values()).replaceAll("\\s+", " ");

        assertThat(PLATFORM.functions())
                .allSatisfy(function -> assertThat(sources)
                        .contains(language.example(PLATFORM, function).replaceAll("\\s+", " ")));
    }
}
