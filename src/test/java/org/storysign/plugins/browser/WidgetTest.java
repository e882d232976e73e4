package org.storysign.plugins.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.rest.ApiTenant;
import org.storysign.plugins.rest.PluginText;

/** Widgets in their frames, on a page of the product with a cookie, a store and a secret in its document. */
@ServiceTest
class WidgetTest {

    private static final List<String> PROGRESS_GRANTS =
            List.of("storage:read", "storage:write", "read:user_data", "write:user_data", "modify:ui");

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    private final ApiTenant tenant = new ApiTenant();
    private TestBrowser browser;
    private Canary canary;
    private Page page;

    @BeforeEach
    void open() {
        browser = TestBrowser.open();
        canary = new Canary();
        BrowserContext context = browser.chromium().newContext();
        context.addCookies(List.of(new Cookie("session", "secret-cookie").setUrl(origin())));
        page = context.newPage();
        page.route("**/host.html", WidgetTest::serveHost);
        page.navigate(origin() + "/host.html");
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
            canary.close();
        }
    }

    @Test
    void a_widget_shows_what_its_endpoint_answers_for_the_user_who_is_signed_in() throws IOException {
        tenant.uploadExample("enhanced-progress");
        tenant.enableAgreeing("enhanced-progress", PROGRESS_GRANTS);
        practise("ada", 95);
        practise("bob", 10);

        mount("ada");

        FrameLocator widget = page.frameLocator("iframe");
        PlaywrightAssertions.assertThat(widget.locator("#best")).hasText("95");
        PlaywrightAssertions.assertThat(widget.locator("#practised")).hasText("1");
        PlaywrightAssertions.assertThat(widget.locator("#suggested_difficulty")).hasText("hard");
        PlaywrightAssertions.assertThat(page.locator("iframe")).hasAttribute("sandbox", "allow-scripts");
        PlaywrightAssertions.assertThat(page.locator("iframe"))
                .hasAttribute("style", Pattern.compile("height: 1[0-9]{2}px"));
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "widget.png")));
    }

    @Test
    void a_hostile_widget_reaches_neither_the_page_nor_a_store_the_network_or_another_plugin() throws Exception {
        plugin("victim", page("victim.html", ""), "{\"body\": \"of the victim\"}");
        plugin("hostile", hostile(), "{\"body\": \"of the hostile\"}");
        assertThat(visit()).as("the canary hears whoever comes").containsExactly("GET /control");

        mount("ada");

        PlaywrightAssertions.assertThat(page.locator("#last")).hasText("done", PATIENTLY);
        List<String> told = told();
        assertThat(told).contains("call: of the hostile", "call naming another plugin: of the hostile");
        assertThat(told.stream().filter(line -> line.startsWith("reached"))).isEmpty();
        assertThat(told.stream().filter(line -> line.startsWith("refused"))).hasSize(attempts(told));
        assertThat(canary.visits()).containsExactly("GET /control");
        assertThat(page.evaluate("document.title")).isEqualTo("The product");
        assertThat(page.evaluate("window.calls.filter(url => !url.includes('/hostile/endpoints/'))"))
                .isEqualTo(List.of());
    }

    @Test
    void a_frame_that_leads_itself_elsewhere_gets_nowhere_and_is_taken_away() throws Exception {
        plugin(
                "hostile",
                page(
                        "leave.html",
                        "addEventListener('load', () => setTimeout(() => location.href = '" + canary.origin()
                                + "/left?secret=1', 0));"),
                "{\"body\": \"\"}");

        mount("ada");

        PlaywrightAssertions.assertThat(page.locator("iframe")).hasCount(0);
        assertThat(canary.visits()).isEmpty();
    }

    @Test
    void a_message_of_another_window_is_nobodys() throws Exception {
        plugin("widget", page("quiet.html", ""), "{\"body\": \"\"}");
        mount("ada");

        page.evaluate("""
                () => {
                  window.welcomed = 0;
                  window.addEventListener("message", (event) => { if (event.data?.storysign === "welcome") window.welcomed++; });
                  window.postMessage({ storysign: "hello", version: 1 }, "*");
                  const stranger = document.createElement("iframe");
                  stranger.setAttribute("sandbox", "allow-scripts");
                  stranger.srcdoc = `<script>
                    addEventListener("message", () => parent.postMessage({ storysign: "welcome" }, "*"));
                    parent.postMessage({ storysign: "hello", version: 1 }, "*");
                    setTimeout(() => parent.postMessage("asked", "*"), 500);
                  </scr` + `ipt>`;
                  return new Promise((resolve) => {
                    window.addEventListener("message", (event) => { if (event.data === "asked") resolve(); });
                    document.body.append(stranger);
                  });
                }
                """);

        assertThat(page.evaluate("window.welcomed")).isEqualTo(0);
    }

    /** A package with one page and the endpoints `GET /own` for users and `GET /open` for anybody. */
    private void plugin(String id, byte[] html, String answer) {
        PluginText manifest = PluginText.named(id)
                .with("files", Map.of("ui/page.html", Digest.of(html).value()))
                .with("permissions", List.of("modify:ui"))
                .with("ui_components", List.of(Map.of("name", id, "slot", "dashboard", "source", "ui/page.html")))
                .with(
                        "api_endpoints",
                        List.of(
                                Map.of(
                                        "name", "own", "method", "GET", "path", "/own", "handler", "handle", "auth",
                                        "user"),
                                Map.of(
                                        "name", "open", "method", "GET", "path", "/open", "handler", "handle", "auth",
                                        "public")));
        tenant.upload(manifest.toString(), Wat.assemble(Guests.answering(answer)), Map.of("ui/page.html", html))
                .then()
                .statusCode(201);
        tenant.enableAgreeing(id, List.of("modify:ui"));
    }

    private byte[] hostile() throws IOException {
        return resource("hostile.html")
                .replace("CANARY", canary.origin())
                .replace("UDP_PORT", String.valueOf(canary.udpPort()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] page(String title, String script) {
        return ("<!doctype html><title>" + title + "</title><script>" + script + "</script>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void mount(String user) {
        List<?> components = tenant.as(Role.CALLER)
                .get(ApiTenant.BASE + "/ui/components")
                .then()
                .statusCode(200)
                .extract()
                .path("components");
        page.evaluate(
                "([component, token]) => window.show(component, token)",
                List.of(components.getFirst(), tenant.token(user)));
    }

    private void practise(String user, int score) {
        tenant.admin()
                .contentType(ContentType.JSON)
                .body("{\"type\": \"after\", \"user_id\": \"" + user + "\", \"result\": {\"score\": " + score + "}}")
                .post(ApiTenant.BASE + "/hooks/practice_completed")
                .then()
                .body("executions[0].status", equalTo("completed"));
    }

    private List<String> visit() throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(canary.origin() + "/control"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        return canary.visits();
    }

    @SuppressWarnings("unchecked")
    private List<String> told() {
        return (List<String>) Objects.requireNonNull(page.evaluate("window.toasts"));
    }

    /** How many the page says it made. */
    private static int attempts(List<String> told) {
        return told.stream()
                .filter(line -> line.startsWith("attempts: "))
                .mapToInt(line -> Integer.parseInt(line.substring("attempts: ".length())))
                .sum();
    }

    private static void serveHost(Route route) {
        try {
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("text/html; charset=utf-8")
                    .setHeaders(Map.of(
                            "Content-Security-Policy",
                            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; connect-src"
                                    + " 'self'; frame-src " + origin() + "/api/plugins/ui/files/"))
                    .setBody(resource("host.html")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = WidgetTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String origin() {
        return "http://localhost:" + RestAssured.port;
    }
}
