package org.storysign.plugins.hook.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class QueueConfigTest {

    @Test
    void every_setting_is_on_the_page_with_its_default_and_no_other() throws IOException {
        assertThat(Files.readAllLines(Path.of("docs", "events.md")).stream()
                        .filter(line -> line.matches("\\| `[a-z-]+` \\| .*"))
                        .map(line -> line.split("\\|")[1].strip() + " " + line.split("\\|")[2].strip()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(QueueConfig.class.getMethods())
                        .map(QueueConfigTest::row)
                        .toList());
    }

    private static String row(Method setting) {
        String name = setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return "`" + name + "` " + setting.getAnnotation(WithDefault.class).value();
    }
}
