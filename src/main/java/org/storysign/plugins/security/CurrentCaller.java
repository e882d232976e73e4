package org.storysign.plugins.security;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.storysign.plugins.identity.Actor;

/** The caller of the request at hand. Read it before the first asynchronous step. */
@RequestScoped
public class CurrentCaller {

    private Optional<Caller> caller = Optional.empty();

    void set(Caller known) {
        caller = Optional.of(known);
    }

    public Caller get() {
        return caller.orElseThrow(() -> new IllegalStateException("this request was not authenticated"));
    }

    public Actor actor() {
        return get().actor();
    }
}
