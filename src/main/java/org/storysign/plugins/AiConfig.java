package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.storysign.plugins.platform.AiLedger;
import org.storysign.plugins.platform.AiTerms;
import org.storysign.plugins.platform.ai.ConnectedAi;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.problem.BadSettingException;

/** Which models are connected and what plugins may use of them. */
@ConfigMapping(prefix = "storysign.ai")
interface AiConfig {

    Text text();

    Hands gestures();

    Hands frames();

    /** An OpenAI-compatible API. */
    interface Text {

        /** Such as {@code https://api.openai.com/v1}. */
        Optional<URI> url();

        Optional<String> key();

        Optional<String> model();

        /** For each plugin of a tenant. */
        OptionalLong tokensADay();

        /** For each plugin of a tenant, in the operator's currency. */
        Optional<BigDecimal> spendADay();

        /** Of a million tokens, in the operator's currency. */
        Optional<BigDecimal> inputPrice();

        Optional<BigDecimal> outputPrice();

        /** Most tokens. */
        OptionalInt largestAnswer();
    }

    /** A service that keeps the contract {@code deploy/connectors/hands.yaml}. */
    interface Hands {

        Optional<URI> url();

        Optional<String> key();

        default Optional<Endpoint> endpoint(String what) {
            return AiConfig.endpoint(what, url(), key());
        }
    }

    /** Fails with {@code BadSettingException}; also when a text model has an address but no name. */
    default ConnectedAi.Connections connections() {
        if (text().url().isPresent() && text().model().isEmpty()) {
            throw new BadSettingException("storysign.ai.text.model", "", "the model to ask at storysign.ai.text.url");
        }
        return new ConnectedAi.Connections(
                endpoint("text", text().url(), text().key()),
                text().model().orElse(""),
                gestures().endpoint("gestures"),
                frames().endpoint("frames"));
    }

    private static Optional<Endpoint> endpoint(String what, Optional<URI> url, Optional<String> key) {
        return url.map(base -> BadSettingException.below("storysign.ai." + what, () -> new Endpoint(base, key)));
    }

    /** Fails with {@code BadSettingException}; also when money is limited but nothing costs any. */
    default AiTerms terms() {
        return BadSettingException.below("storysign.ai.text", this::readTerms);
    }

    private AiTerms readTerms() {
        if (text().spendADay().isPresent()
                && (text().inputPrice().isEmpty() || text().outputPrice().isEmpty())) {
            throw new IllegalArgumentException("spend-a-day needs input-price and output-price");
        }
        AiTerms usual = AiTerms.USUAL;
        return new AiTerms(
                new AiLedger.Amount(
                        text().tokensADay().orElse(usual.most().tokens()),
                        text().spendADay()
                                .map(AiConfig::micros)
                                .orElse(usual.most().micros())),
                text().inputPrice().map(AiConfig::micros).orElse(usual.inputPrice()),
                text().outputPrice().map(AiConfig::micros).orElse(usual.outputPrice()),
                text().largestAnswer().orElse(usual.largestAnswer()));
    }

    private static long micros(BigDecimal money) {
        try {
            return money.movePointRight(6).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("money is `" + money + "`, expected at most six decimals");
        }
    }
}
