package org.storysign.plugins.platform.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.FunctionDescription;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.PlatformFunction;

/**
 * A function of the platform, as an SDK offers it.
 *
 * @param description what authors are told of it
 * @param permissions one of these is needed; empty for none
 */
public record SdkFunction(FunctionDescription description, List<String> permissions) {

    static SdkFunction of(FunctionDescription description, PlatformFunction registered) {
        return new SdkFunction(
                description,
                new TreeSet<>(registered.anyOf())
                        .stream().map(PermissionName::publicName).toList());
    }

    String name() {
        return description.name();
    }

    List<Member> required() {
        return description.input().stream().filter(Member::required).toList();
    }

    List<Member> optional() {
        return description.input().stream().filter(member -> !member.required()).toList();
    }

    /** What its comment says after the summary: the note, permissions and errors, a paragraph each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        description.note().ifPresent(remarks::add);
        remarks.add(permissions.isEmpty() ? "Needs no permission." : "Needs " + Words.quoted(permissions, "or") + ".");
        List<String> own = description.errors().stream()
                .filter(code -> !code.equals("data-invalid"))
                .toList();
        if (!own.isEmpty()) {
            remarks.add("May also fail with " + Words.quoted(own, "or") + ".");
        }
        return remarks;
    }
}
