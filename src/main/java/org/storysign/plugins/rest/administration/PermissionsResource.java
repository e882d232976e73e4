package org.storysign.plugins.rest.administration;

import static org.storysign.plugins.rest.http.PluginAddress.BASE;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.security.Allowed;

/** What plugins can be given, and how much harm each can do. */
@Path(BASE + "/security")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "security")
public class PermissionsResource {

    @GET
    @Path("permissions")
    @Allowed(value = Role.VIEWER, reach = Allowed.Reach.ANY_KEY)
    @Operation(summary = "List permissions", description = "With risk and what each lets a plugin do.")
    public PermissionListView permissions() {
        return new PermissionListView(
                Arrays.stream(PermissionName.values()).map(PermissionView::of).toList());
    }

    /** Every permission there is. */
    public record PermissionListView(List<PermissionView> permissions) {}

    /** One permission; one that is not available is a reserved name that nobody can be granted. */
    public record PermissionView(String name, String risk, String lets, boolean available) {
        static PermissionView of(PermissionName name) {
            return new PermissionView(
                    name.publicName(), name.risk().name().toLowerCase(Locale.ROOT), name.lets(), !name.isReserved());
        }
    }
}
