package org.storysign.plugins.rest.ui;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.endpoint.UiFiles;

/**
 * A piece of user interface.
 *
 * @param url where its page is, below this service's origin; it never changes what it answers
 * @param props a JSON object for it, from the manifest
 */
public record ComponentView(
        String pluginId,
        String version,
        String name,
        String slot,
        String url,

        @JsonRawValue @Schema(implementation = Object.class) String props) {

    static ComponentView of(UiFiles.Offered offered) {
        return new ComponentView(
                offered.plugin().value(),
                offered.version(),
                offered.component().name(),
                offered.component().slot(),
                FramePolicy.FILES + offered.packageDigest().hex() + "/"
                        + offered.component().source(),
                offered.component().props());
    }
}
