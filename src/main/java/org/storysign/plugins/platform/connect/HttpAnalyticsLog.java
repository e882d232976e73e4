package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.platform.AnalyticsEvent;
import org.storysign.plugins.platform.AnalyticsLog;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.ServicePage;

/** The product's own analytics, by the contract {@code deploy/connectors/analytics.yaml}. Safe for concurrent use. */
final class HttpAnalyticsLog implements AnalyticsLog {

    private final ProductService service;

    HttpAnalyticsLog(ProductService service) {
        this.service = service;
    }

    @Override
    public boolean append(DataOwner owner, NewEvent event, int mostADay, Duration timeout) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", event.name());
        body.putRawValue("properties", new RawValue(event.properties()));
        body.put("most_a_day", mostADay);
        return service.ask(by(owner, Question.change("POST", "/events", body)), timeout, reply -> {
            if (reply.refused(409, "too-many-events")) {
                return false;
            }
            reply.given(201).count("number");
            return true;
        });
    }

    @Override
    public List<AnalyticsEvent> events(DataOwner owner, Optional<String> name, ServicePage page, Duration timeout) {
        Question question = by(owner, Question.reading("/events"))
                .with("name", name)
                .with("cursor", page.cursor())
                .with("limit", page.limit());
        return service.ask(question, timeout, reply -> {
            List<AnswerObject> found = reply.given(200).objects("events", page.limit());
            FallingNumbers numbers = new FallingNumbers(page);
            return found.stream()
                    .map(answer -> event(numbers.checked(answer), name))
                    .toList();
        });
    }

    private static AnalyticsEvent event(AnswerObject answer, Optional<String> wanted) {
        String name = answer.text("name", NAME.asMatchPredicate());
        answer.require(wanted.map(name::equals).orElse(true), "name");
        return new AnalyticsEvent(
                answer.count("number"), name, answer.json("properties", LARGEST_PROPERTIES), answer.instant("at"));
    }

    private static Question by(DataOwner owner, Question question) {
        return question.by(owner.tenant(), owner.plugin(), owner.user());
    }
}
