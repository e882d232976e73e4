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

    /** The caller; empty when the request came without a key to a method that nobody may call too. */
    public Optional<Caller> known() {
        return caller;
    }

    public Actor actor() {
        return get().actor();
    }
}
