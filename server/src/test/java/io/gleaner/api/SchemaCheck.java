package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The part of JSON Schema that {@code openapi.yaml} uses, held against an answer. */
final class SchemaCheck {

    private final JsonNode document;

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    void check(JsonNode value, JsonNode schema) {
        var errors = new ArrayList<String>();
        check("$", value, schema, errors);
        assertThat(errors).as(value.toString()).isEmpty();
    }

    private void check(String at, JsonNode value, JsonNode given, List<String> errors) {
        JsonNode schema = resolve(given);
        if (schema.has("anyOf")) {
            long fits = schema.path("anyOf").valueStream().filter(one -> fits(value, one)).count();
            if (fits == 0) {
                errors.add(at + " fits none of the schemas");
            }
            return;
        }
        if (!typeFits(value, schema.path("type"))) {
            errors.add("%s: %s is not %s".formatted(at, value, schema.path("type")));
            return;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            errors.add("%s: %s is not one of %s".formatted(at, value, schema.path("enum")));
        }
        if (value.isObject()) {
            checkObject(at, value, schema, errors);
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "[" + i + "]", value.get(i), schema.path("items"), errors);
            }
        }
    }

    private boolean fits(JsonNode value, JsonNode schema) {
        var errors = new ArrayList<String>();
        check("$", value, schema, errors);
        return errors.isEmpty();
    }

    private void checkObject(String at, JsonNode value, JsonNode schema, List<String> errors) {
        schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .filter(name -> !value.has(name))
                .forEach(name -> errors.add(at + " lacks " + name));
        for (String name : value.propertyNames()) {
            JsonNode property = schema.path("properties").path(name);
            if (property.isMissingNode()) {
                property = schema.path("additionalProperties");
            }
            if (property.isObject()) {
                check(at + "." + name, value.get(name), property, errors);
            } else {
                errors.add(at + " has " + name + ", which the schema does not know");
            }
        }
    }

    private JsonNode resolve(JsonNode schema) {
        return schema.has("$ref")
                ? resolve(document.at(schema.path("$ref").asString().substring(1)))
                : schema;
    }

    private static boolean typeFits(JsonNode value, JsonNode type) {
        return type.isArray()
                ? type.valueStream().anyMatch(one -> typeFits(value, one))
                : switch (type.asString()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    default -> throw new IllegalArgumentException("no such type: " + type);
                };
    }
}
