package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.util.Optional;
import org.storysign.plugins.platform.UserDirectory;
import org.storysign.plugins.platform.UserRecord;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.records.UserRecords;

/** The product's own users, by the contract {@code deploy/connectors/users.yaml}. Safe for concurrent use. */
final class HttpUserDirectory implements UserDirectory {

    private final ProductService service;

    HttpUserDirectory(ProductService service) {
        this.service = service;
    }

    @Override
    public Optional<UserRecord> find(Whose whose, Duration timeout) {
        return service.ask(
                about(whose, Question.reading("/user")),
                timeout,
                reply -> reply.refused(404, "user-not-found") ? Optional.empty() : Optional.of(user(reply.given(200))));
    }

    @Override
    public Preferences prefer(Whose whose, PreferencePatch patch, Duration timeout) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putRawValue("preferences", new RawValue(patch.json()));
        switch (patch.condition()) {
            case WriteCondition.Always _ -> {}
            case WriteCondition.Absent _ ->
                throw new IllegalArgumentException("preferences of a user who must not be there");
            case WriteCondition.AtRevision(long revision) -> {
                if (revision > AnswerObject.LARGEST_INTEGER) {
                    return new Preferences.ConditionFailed();
                }
                change.put("if_revision", revision);
            }
        }
        Question question = about(whose, Question.change("PATCH", "/user/preferences", change));
        return service.ask(question, timeout, HttpUserDirectory::outcome);
    }

    private static Preferences outcome(Reply reply) {
        if (reply.refused(412, "revision-differs")) {
            return new Preferences.ConditionFailed();
        }
        if (reply.refused(413, "preferences-too-large")) {
            return new Preferences.TooLarge();
        }
        AnswerObject changed = reply.given(200);
        return new Preferences.Merged(preferences(changed), changed.count("revision"));
    }

    private static UserRecord user(AnswerObject answer) {
        return new UserRecord(
                answer.json("profile", UserRecords.LARGEST_DOCUMENT),
                answer.json("progress", UserRecords.LARGEST_DOCUMENT),
                preferences(answer),
                answer.count("revision"));
    }

    private static String preferences(AnswerObject answer) {
        return answer.json("preferences", LARGEST_PREFERENCES);
    }

    private static Question about(Whose whose, Question question) {
        return question.by(whose.tenant(), whose.plugin(), Optional.of(whose.user()));
    }
}
