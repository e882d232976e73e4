package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.Notifications;
import org.storysign.plugins.platform.Toasts;

/**
 * The product's own notifications and toasts, by the contract {@code deploy/connectors/notifications.yaml}. How long they are kept is the
 * product's choice. Safe for concurrent use.
 */
final class HttpNotifications implements Notifications, Toasts {

    private final ProductService service;

    HttpNotifications(ProductService service) {
        this.service = service;
    }

    @Override
    public long send(DataOwner to, Notice notice, Duration timeout) {
        ObjectNode body = told(notice)
                .put("title", notice.title())
                .put("body", notice.body())
                .put("link", notice.link());
        return service.ask(
                telling(to, "/notifications", body),
                timeout,
                reply -> reply.given(201).count("number"));
    }

    @Override
    public void show(DataOwner to, Notice toast, Duration timeout) {
        service.ask(telling(to, "/toasts", told(toast).put("text", toast.title())), timeout, reply -> {
            AnswerObject answer = reply.given(202);
            answer.require(answer.isTrue("accepted"), "accepted");
            return answer;
        });
    }

    private static ObjectNode told(Notice notice) {
        return JsonNodeFactory.instance.objectNode().put("level", notice.level().publicName());
    }

    private static Question telling(DataOwner to, String path, ObjectNode body) {
        if (to.user().isEmpty()) {
            throw new IllegalArgumentException("a notification is for a user");
        }
        return Question.change("POST", path, body).by(to.tenant(), to.plugin(), to.user());
    }
}
