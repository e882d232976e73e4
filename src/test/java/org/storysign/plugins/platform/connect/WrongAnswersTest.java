package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** The adapters and the contracts' documents say the same of what an answer may be. */
@Timeout(120)
class WrongAnswersTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** The figures in words of the documents: schemas count no bytes. */
    private static final String IN_WORDS = ".*/(profile|progress|preferences|properties) is \\{\"a\":\"x+";

    /** What was asked for must come back; what is another user's never may. */
    private static final String AS_ASKED = "/(items/0/)?user_id is (?!missing).*|/id is .*";

    private final Product product = Probe.product(Product.PATIENT);

    @AfterEach
    void close() {
        product.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_the_contract_forbids_is_refused_and_what_it_allows_is_taken(Probe probe) {
        List<String> misread = new ArrayList<>();
        int forbidden = 0;

        for (Wrongs wrong : Wrongs.of(probe)) {
            boolean fits = isAllowed(probe, wrong);
            probe.server(product).answer(Fault.says("application/json", wrong.json()));
            Optional<ProblemCode> refused = refusal(probe);

            forbidden += fits ? 0 : 1;
            if (!refused.equals(fits ? Optional.empty() : Optional.of(ProblemCode.SERVICE_UNAVAILABLE))) {
                misread.add(wrong.pointer() + " → " + refused);
            }
        }

        assertThat(misread).isEmpty();
        assertThat(forbidden).isGreaterThan(20);
    }

    @Test
    void what_is_of_another_kind_or_name_than_was_asked_for_is_refused() {
        UserId anna = Probe.ANNA;
        PluginId notes = new PluginId("notes");
        ContentLibrary.Reader reader = new ContentLibrary.Reader(TenantId.DEFAULT, notes, Optional.of(anna));
        DataOwner owner = new DataOwner(TenantId.DEFAULT, notes, Optional.of(anna));
        ServicePage page = new ServicePage(Optional.empty(), 10);
        Optional<String> another = Optional.of("another");

        assertRefused(Probe.LIST_ITEMS, services -> services.content().list(reader, another, page, LONG));
        assertRefused(
                Probe.SEARCH_ITEMS,
                services -> services.content()
                        .search(reader, new ContentLibrary.Search("fox", another, Optional.empty()), page, LONG));
        assertRefused(Probe.LIST_EVENTS, services -> services.analytics().events(owner, another, page, LONG));
    }

    /** Asked so, the service answers what is right when it is asked as the probe asks. */
    private void assertRefused(Probe probe, Function<PlatformServices, Object> asking) {
        probe.server(product).answer(Fault.says("application/json", Wrongs.rightAnswer(probe)));

        assertThatThrownBy(() -> asking.apply(product.services()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.SERVICE_UNAVAILABLE));
    }

    private static boolean isAllowed(Probe probe, Wrongs wrong) {
        String where = wrong.pointer();
        boolean fits = probe.contract()
                .document()
                .misfits(probe.contract().answerSchema(), wrong.json())
                .isEmpty();
        return fits && !where.matches(IN_WORDS) && !where.matches(AS_ASKED);
    }

    private Optional<ProblemCode> refusal(Probe probe) {
        try {
            probe.call(product, LONG);
            return Optional.empty();
        } catch (ProblemException problem) {
            return Optional.of(problem.code());
        }
    }
}
