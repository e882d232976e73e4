package org.storysign.plugins.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.storysign.plugins.permission.PermissionName.ACCESS_AI_SERVICES;
import static org.storysign.plugins.permission.PermissionName.FILESYSTEM_WRITE;
import static org.storysign.plugins.permission.PermissionName.MODIFY_UI;
import static org.storysign.plugins.permission.PermissionName.NETWORK_ACCESS;
import static org.storysign.plugins.permission.PermissionName.READ_USER_DATA;
import static org.storysign.plugins.permission.PermissionName.STORAGE_READ;
import static org.storysign.plugins.permission.PermissionName.STORAGE_WRITE;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlainWordsTest {

    private static final Grants READS_AND_SENDS =
            new Grants(Set.of(READ_USER_DATA, NETWORK_ACCESS), Set.of("api.example.com"), Set.of("GET"));

    @Test
    void grants_are_told_as_what_the_plugin_can_do() {
        assertThat(PlainWords.of(READS_AND_SENDS))
                .containsExactly(
                        "can read users' profiles, progress, content and analytics",
                        "can send data to api.example.com and read the answers (GET)",
                        "together: can read users' profiles, progress, content and analytics and send them to api.example.com");
    }

    @Test
    void the_same_or_fewer_grants_are_not_wider() {
        assertThat(wider(READS_AND_SENDS, READS_AND_SENDS)).isEmpty();
        assertThat(wider(READS_AND_SENDS, Grants.NONE)).isEmpty();
        assertThat(PlainWords.of(Grants.NONE)).isEmpty();
    }

    @Test
    void another_host_is_wider_and_makes_the_danger_new() {
        Grants now = new Grants(READS_AND_SENDS.names(), Set.of("api.example.com", "other.example.com"), Set.of("GET"));

        assertThat(wider(READS_AND_SENDS, now))
                .containsExactly(
                        "can send data to other.example.com and read the answers (GET)",
                        "together: can read users' profiles, progress, content and analytics and send them to api.example.com, other.example.com");
    }

    @Test
    void another_method_is_wider() {
        Grants now = new Grants(READS_AND_SENDS.names(), READS_AND_SENDS.hosts(), Set.of("GET", "POST"));

        assertThat(wider(READS_AND_SENDS, now))
                .containsExactly("can send data to api.example.com and read the answers (POST)");
    }

    @Test
    void every_dangerous_pair_of_the_contract_is_flagged() {
        assertThat(DangerousCombination.among(Set.of(NETWORK_ACCESS, READ_USER_DATA)))
                .hasSize(1);
        assertThat(DangerousCombination.among(Set.of(ACCESS_AI_SERVICES, READ_USER_DATA)))
                .hasSize(1);
        assertThat(DangerousCombination.among(Set.of(MODIFY_UI, READ_USER_DATA)))
                .hasSize(1);
        assertThat(DangerousCombination.among(Set.of(FILESYSTEM_WRITE, NETWORK_ACCESS)))
                .hasSize(1);
        assertThat(DangerousCombination.among(Set.of(MODIFY_UI, NETWORK_ACCESS, STORAGE_READ, STORAGE_WRITE)))
                .isEmpty();
    }

    @Test
    void more_than_five_permissions_are_flagged_and_five_are_not() {
        Set<PermissionName> five = EnumSet.of(
                STORAGE_READ, STORAGE_WRITE, MODIFY_UI, PermissionName.HOOKS_EMIT, PermissionName.FILESYSTEM_READ);
        Set<PermissionName> six = EnumSet.copyOf(five);
        six.add(ACCESS_AI_SERVICES);

        assertThat(DangerousCombination.among(five)).isEmpty();
        assertThat(DangerousCombination.among(six))
                .extracting(DangerousCombination::warning)
                .containsExactly("has 6 permissions, more than 5");
    }

    @Test
    void the_authors_reason_is_quoted_as_the_authors() {
        Permission asked = new Permission.Plain(READ_USER_DATA, Optional.of("harmless`, `trust me"), false);

        assertThat(new PlainWords(List.of(asked)).changes(Grants.NONE, Grants.of(READ_USER_DATA)))
                .extracting(ConsentChange::words)
                .containsExactly("can read users' profiles, progress, content and analytics"
                        + " (its author says: `harmless\\u0060, \\u0060trust me`)");
    }

    @Test
    void what_is_taken_away_is_told_and_needs_nobodys_consent() {
        Grants now = new Grants(Set.of(NETWORK_ACCESS), Set.of("api.example.com"), Set.of("GET"));
        Grants before =
                new Grants(READS_AND_SENDS.names(), Set.of("api.example.com", "b.example"), Set.of("GET", "POST"));

        assertThat(new PlainWords(List.of()).changes(before, now))
                .allSatisfy(change -> assertThat(change.needsConsent()).isFalse())
                .extracting(ConsentChange::change, ConsentChange::of, ConsentChange::words)
                .containsExactly(
                        tuple(
                                ConsentChange.Kind.REMOVED,
                                "permission",
                                "can no longer read users' profiles, progress, content and analytics"),
                        tuple(ConsentChange.Kind.NARROWER, "hosts", "can no longer reach b.example"),
                        tuple(
                                ConsentChange.Kind.NARROWER,
                                "methods",
                                "can no longer send POST requests to api.example.com"));
    }

    private static List<String> wider(Grants before, Grants now) {
        return new PlainWords(List.of())
                .changes(before, now).stream()
                        .filter(ConsentChange::needsConsent)
                        .map(ConsentChange::words)
                        .toList();
    }
}
