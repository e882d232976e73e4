package org.storysign.plugins.platform.sdk;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.storysign.plugins.platform.FunctionDescription;
import org.storysign.plugins.platform.FunctionDescription.Member;
import org.storysign.plugins.platform.FunctionDescription.Shape;
import org.storysign.plugins.platform.PlatformDescription;
import org.storysign.plugins.platform.PlatformFunction;

/**
 * All that the SDKs offer.
 *
 * @param codes every problem's code that a function may answer, in order
 */
public record SdkPlatform(List<String> codes, List<Shape> shapes, List<SdkFunction> functions) {

    /** As the description and the registered functions say; functions in the order of the description. */
    public static SdkPlatform of(PlatformDescription description, Collection<PlatformFunction> registered) {
        Map<String, PlatformFunction> byName =
                registered.stream().collect(Collectors.toMap(PlatformFunction::name, Function.identity()));
        return new SdkPlatform(
                List.copyOf(new TreeSet<>(Stream.concat(
                                description.errors().stream(),
                                description.functions().stream().flatMap(each -> each.errors().stream()))
                        .toList())),
                description.shapes(),
                description.functions().stream()
                        .map(each -> SdkFunction.of(each, Objects.requireNonNull(byName.get(each.name()), each.name())))
                        .toList());
    }

    Shape shape(String name) {
        return shapes.stream()
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no shape " + name));
    }

    public SdkFunction function(String name) {
        return functions.stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no function " + name));
    }

    /** Whether plugins hand it over; the others are answers. */
    boolean isInput(Shape shape) {
        return functions.stream()
                .map(SdkFunction::description)
                .map(FunctionDescription::input)
                .flatMap(List::stream)
                .map(Member::type)
                .anyMatch(type -> type.endsWith(shape.name()));
    }
}
