package org.storysign.plugins.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK {@code ./storysign} takes, on machines that are set up differently. */
class LauncherJdkTest {

    @TempDir
    Path directory;

    FakeMachine machine;

    @BeforeEach
    void a_machine_with_maven_and_without_a_jdk() {
        machine = new FakeMachine(directory);
        machine.maven("3.8.6");
    }

    @Test
    void the_oldest_one_that_fits_is_taken_from_the_usual_directories() {
        machine.jdk("jvm/a-jdk-26", "26.0.1");
        Path fits = machine.jdk("jvm/jdk-25", "25");
        machine.jdk("jvm/jdk-17", "17.0.15");

        var answer = machine.storysign("doctor");

        assertThat(answer.exit()).isZero();
        assertThat(answer.output()).contains("JDK   25 at " + fits);
    }

    @Test
    void java_home_comes_before_the_usual_directories() {
        machine.jdk("jvm/jdk-25", "25.0.3");
        Path chosen = machine.jdk("mine", "27-ea");
        machine.with("JAVA_HOME", chosen);

        var answer = machine.storysign("doctor");

        assertThat(answer.output()).contains("JDK   27 at " + chosen);
    }

    @Test
    void a_java_home_that_is_too_old_is_passed_over_and_named() {
        Path fits = machine.jdk("jvm/jdk-25", "25.0.3");
        Path old = machine.jdk("mine", "24.0.2");
        machine.with("JAVA_HOME", old);

        var answer = machine.storysign("doctor");

        assertThat(answer.output()).contains("JDK   25 at " + fits).contains(old + " is JDK 24");
    }

    @Test
    void the_javac_on_the_path_leads_to_its_jdk_through_links() {
        Path behind = machine.jdk("elsewhere/jdk-25", "25.0.3");
        machine.link("etc/javac", behind.resolve("bin/javac"));
        machine.link("bin/javac", Path.of("../etc/javac"));

        var answer = machine.storysign("doctor");

        assertThat(answer.output()).contains("JDK   25 at " + behind);
    }

    @Test
    void a_version_that_is_written_nowhere_is_asked_of_javac() {
        Path fits = machine.jdk("jvm/jdk-25", "25.0.3");
        machine.file("jvm/jdk-25/release", "");

        var answer = machine.storysign("doctor");

        assertThat(answer.output()).contains("JDK   25 at " + fits);
    }

    @Test
    void the_one_that_was_asked_for_is_never_replaced_by_another() {
        machine.jdk("jvm/jdk-25", "25.0.3");
        Path old = machine.jdk("mine", "21.0.1");
        machine.with("STORYSIGN_JAVA_HOME", old);

        var answer = machine.storysign("doctor");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output()).contains("STORYSIGN_JAVA_HOME must name a JDK 25 or later", old + " is JDK 21");
    }

    @Test
    void without_one_it_says_what_is_missing_what_it_saw_and_what_to_do() {
        Path old = machine.jdk("jvm/jdk-17", "17.0.15");
        machine.script("jvm/jre-25/bin/java", "echo no compiler here");

        var answer = machine.storysign("test");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.output())
                .contains("no JDK 25 or later was found", old + " is JDK 17", "Install one", "STORYSIGN_JAVA_HOME")
                .doesNotContain("jre-25", "mvn ");
    }
}
