package org.storysign.plugins.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.manifest.EndpointDeclaration;

class EndpointRouteTest {

    private static final List<EndpointDeclaration> ENDPOINTS = List.of(
            endpoint("any-report", "GET", "/reports/{year}"),
            endpoint("latest", "GET", "/reports/latest"),
            endpoint("write", "POST", "/reports/{year}"),
            endpoint("month", "GET", "/reports/{year}/{month}"),
            endpoint("analytics", "GET", "/custom-analytics"));

    @Test
    void a_path_is_found_with_its_parameters_decoded() {
        assertThat(found("GET", "/reports/2026/a%20b%C3%A9"))
                .isEqualTo(new EndpointRoute.Found(ENDPOINTS.get(3), Map.of("year", "2026", "month", "a bé")));
        assertThat(found("GET", "/custom%2Danalytics").endpoint().name()).isEqualTo("analytics");
    }

    @Test
    void a_literal_goes_before_a_parameter_wherever_it_stands_in_the_manifest() {
        assertThat(found("GET", "/reports/latest").endpoint().name()).isEqualTo("latest");
        assertThat(found("GET", "/reports/2026").endpoint().name()).isEqualTo("any-report");
    }

    @Test
    void head_is_answered_by_what_answers_get() {
        assertThat(found("HEAD", "/custom-analytics").endpoint().name()).isEqualTo("analytics");
    }

    @Test
    void another_method_is_told_which_there_are() {
        assertThat(route("DELETE", "/reports/2026"))
                .isEqualTo(new EndpointRoute.OtherMethods(List.of("GET", "HEAD", "POST")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/reports",
                "/reports/",
                "/reports//",
                "/reports/2026/",
                "//custom-analytics",
                "/custom-analytics/",
                "/Custom-Analytics",
                "/reports/.",
                "/reports/..",
                "/reports/%2e%2e",
                "/reports/a%2Fb",
                "/reports/a%5cb",
                "/reports/%00",
                "/reports/%0a",
                "/reports/%",
                "/reports/%zz",
                "/reports/%e9",
                "/reports/%c0%af",
                "/reports%2F2026",
                "/custom-analytics;x=1",
                "/custom-analytics%20"
            })
    void no_bent_path_leads_anywhere(String path) {
        assertThat(route("GET", path)).isEqualTo(new EndpointRoute.Nothing());
    }

    private static EndpointRoute.Found found(String method, String path) {
        return (EndpointRoute.Found) route(method, path);
    }

    private static EndpointRoute route(String method, String path) {
        return EndpointRoute.of(ENDPOINTS, method, path);
    }

    private static EndpointDeclaration endpoint(String name, String method, String path) {
        return new EndpointDeclaration(name, path, method, "handle", EndpointDeclaration.Auth.USER);
    }
}
