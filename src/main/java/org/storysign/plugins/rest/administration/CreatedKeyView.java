package org.storysign.plugins.rest.administration;

import org.storysign.plugins.security.KeyService.CreatedKey;

/** A new key and its secret, which is shown this once. */
public record CreatedKeyView(String secret, KeyView key) {

    static CreatedKeyView of(CreatedKey created) {
        return new CreatedKeyView(created.secret().reveal(), KeyView.of(created.key()));
    }
}
