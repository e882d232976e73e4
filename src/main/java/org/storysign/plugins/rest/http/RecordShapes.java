package org.storysign.plugins.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** Says in the description what the views' code says: members that may be null, that are always there, and that are any JSON. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class RecordShapes implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName ANY = DotName.createSimple(JsonNode.class);
    private static final String VIEWS = "org.storysign.plugins";
    private static final SnakeCaseStrategy SNAKE_CASE = (SnakeCaseStrategy) PropertyNamingStrategies.SNAKE_CASE;

    private final IndexView index;

    public RecordShapes(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        index.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .filter(type -> type.name().toString().startsWith(VIEWS))
                .forEach(type -> Optional.ofNullable(schemas.get(type.simpleName()))
                        .filter(schema -> schema.getProperties() != null)
                        .ifPresent(schema -> describe(type, schema)));
    }

    private static void describe(ClassInfo type, Schema schema) {
        for (FieldInfo field : type.fields()) {
            String name = SNAKE_CASE.translate(field.name());
            Schema member = schema.getProperties().get(name);
            if (member != null) {
                if (isAnswered(type) && !field.type().hasAnnotation(NULLABLE)) {
                    schema.addRequired(name);
                }
                if (field.type().name().equals(ANY)) {
                    schema.addProperty(name, OASFactory.createSchema().description(member.getDescription()));
                } else if (field.type().hasAnnotation(NULLABLE)) {
                    schema.addProperty(name, nullable(member));
                }
            }
        }
    }

    /** What callers send may leave members out; what they get does not. */
    private static boolean isAnswered(ClassInfo type) {
        return type.simpleName().endsWith("View");
    }

    private static Schema nullable(Schema member) {
        Schema none = OASFactory.createSchema().addType(Schema.SchemaType.NULL);
        if (member.getRef() != null) {
            return OASFactory.createSchema()
                    .anyOf(List.of(OASFactory.createSchema().ref(member.getRef()), none));
        }
        return member.getType() == null ? member : member.addType(Schema.SchemaType.NULL);
    }
}
