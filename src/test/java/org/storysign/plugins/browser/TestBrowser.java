package org.storysign.plugins.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Chromium of this machine. Without one the tests are skipped and say what to install; where {@code REQUIRE_BROWSER=1} they fail.
 * Nothing is downloaded.
 */
final class TestBrowser implements AutoCloseable {

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private TestBrowser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        // Chromium's own sandbox needs what containers do not have; what is tested are a page's walls,
                        // not a process's.
                        .setArgs(List.of("--no-sandbox")));
    }

    static TestBrowser open() {
        Optional<Path> executable = Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        if (executable.isEmpty() && "1".equals(System.getenv("REQUIRE_BROWSER"))) {
            throw new AssertionError("REQUIRE_BROWSER=1, and there is no Chromium at any of " + PLACES);
        }
        Assumptions.assumeTrue(
                executable.isPresent(), "skipped: there is no Chromium; install it, or say CHROMIUM=its path");
        return new TestBrowser(executable.get());
    }

    Browser chromium() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
