package org.storysign.plugins.platform.connect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.AnalyticsLog.NewEvent;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentLibrary.NewContent;
import org.storysign.plugins.platform.ContentLibrary.Reader;
import org.storysign.plugins.platform.ContentLibrary.Search;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.NoticeLevel;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.PlatformServices;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.UserDirectory.PreferencePatch;
import org.storysign.plugins.platform.UserDirectory.Whose;
import org.storysign.plugins.platform.WriteCondition;

/** One right call of an operation of the contracts, by plugin {@code notes} for Anna. */
enum Probe {
    FIND_USER(
            "findUser",
            PlatformService.USERS,
            (services, time) -> services.users().find(whose(), time)),
    CHANGE_PREFERENCES(
            "changePreferences",
            PlatformService.USERS,
            (services, time) -> services.users()
                    .prefer(whose(), new PreferencePatch("{\"theme\":\"dark\"}", new WriteCondition.Always()), time)),
    LIST_ITEMS(
            "listItems",
            PlatformService.CONTENT,
            (services, time) -> services.content().list(reader(), Optional.empty(), page(), time)),
    FIND_ITEM(
            "findItem",
            PlatformService.CONTENT,
            (services, time) -> services.content().find(reader(), "fox", time)),
    SEARCH_ITEMS(
            "searchItems",
            PlatformService.CONTENT,
            (services, time) -> services.content()
                    .search(reader(), new Search("fox", Optional.empty(), Optional.empty()), page(), time)),
    CREATE_ITEM(
            "createItem",
            PlatformService.CONTENT,
            (services, time) -> services.content().create(item("new"), 100, time)),
    LOG_EVENT(
            "logEvent",
            PlatformService.ANALYTICS,
            (services, time) -> services.analytics().append(owner(), new NewEvent("read", "{}"), 100, time)),
    LIST_EVENTS(
            "listEvents",
            PlatformService.ANALYTICS,
            (services, time) -> services.analytics().events(owner(), Optional.empty(), page(), time)),
    SEND_NOTIFICATION(
            "sendNotification",
            PlatformService.NOTIFICATIONS,
            (services, time) -> services.notifications().send(owner(), notice(), time)),
    SHOW_TOAST("showToast", PlatformService.NOTIFICATIONS, (services, time) -> {
        services.toasts().show(owner(), notice(), time);
        return "shown";
    });

    static final UserId ANNA = new UserId("anna");
    private static final PluginId NOTES = new PluginId("notes");

    private final String operation;
    private final PlatformService service;
    private final Call call;

    Probe(String operation, PlatformService service, Call call) {
        this.operation = operation;
        this.service = service;
        this.call = call;
    }

    private interface Call {
        Object make(PlatformServices services, Duration timeout);
    }

    /** What the contract calls it. */
    String operation() {
        return operation;
    }

    PlatformService service() {
        return service;
    }

    ContractOperation contract() {
        return ContractDocument.of(service).operation(operation);
    }

    Object call(Product product, Duration timeout) {
        return call.make(product.services(), timeout);
    }

    ContractServer server(Product product) {
        return product.server(service);
    }

    /** Something to find for each that finds. */
    static Product product(CircuitTerms terms) {
        Product product = new Product(terms);
        product.fakes().users().put(TenantId.DEFAULT, ANNA, "{\"name\":\"Anna\"}", "{\"asl-world\":{\"level\":3}}");
        for (String id : List.of("wolf", "fox")) {
            product.fakes().content().create(item(id), 100, ServiceCall.SOON);
        }
        for (String name : List.of("begun", "finished")) {
            product.fakes().analytics().append(owner(), new NewEvent(name, "{\"points\":1.50}"), 100, ServiceCall.SOON);
        }
        return product;
    }

    private static NewContent item(String id) {
        ContentDraft draft = new ContentDraft(Optional.of(ANNA), "story", "en", "The fox", "A fox runs.");
        return new NewContent(TenantId.DEFAULT, NOTES, id, draft);
    }

    private static Whose whose() {
        return new Whose(TenantId.DEFAULT, NOTES, ANNA);
    }

    private static Reader reader() {
        return new Reader(TenantId.DEFAULT, NOTES, Optional.of(ANNA));
    }

    private static DataOwner owner() {
        return new DataOwner(TenantId.DEFAULT, NOTES, Optional.of(ANNA));
    }

    private static Notice notice() {
        return new Notice(NoticeLevel.INFO, "Hello", "", "");
    }

    private static ServicePage page() {
        return new ServicePage(Optional.empty(), 10);
    }
}
