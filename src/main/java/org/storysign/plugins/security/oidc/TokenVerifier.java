package org.storysign.plugins.security.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.JoseException;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Holds a token against its issuer's key and terms (RFC 7519, with the advice of RFC 8725). Safe for concurrent use. */
final class TokenVerifier {

    /** None of them could be checked with something that is public. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, String> WORDS = Map.of(
            ErrorCodes.EXPIRED, "has expired",
            ErrorCodes.NOT_YET_VALID, "is not valid yet",
            ErrorCodes.ISSUER_INVALID, "is of another issuer",
            ErrorCodes.ISSUER_MISSING, "does not say its issuer",
            ErrorCodes.AUDIENCE_INVALID, "is for another audience",
            ErrorCodes.AUDIENCE_MISSING, "does not say its audience",
            ErrorCodes.EXPIRATION_MISSING, "does not say when it expires",
            ErrorCodes.SUBJECT_MISSING, "does not say its subject",
            ErrorCodes.SIGNATURE_INVALID, "is not signed by its issuer");

    private final TrustedIssuer issuer;
    private final Clock clock;

    TokenVerifier(TrustedIssuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** A token whose claims may be believed. */
    record Verified(String subject, JsonNode claims) {}

    /** The id of the key it says it is signed with. Fails with {@code unauthenticated} when no key could make it acceptable. */
    Optional<String> keyId(String token) {
        JsonWebSignature unverified = new JsonWebSignature();
        try {
            unverified.setCompactSerialization(token);
            if (!ALGORITHMS.contains(String.valueOf(unverified.getAlgorithmHeaderValue()))) {
                throw refused("is signed by an algorithm that is not accepted here");
            }
            String type = Optional.ofNullable(unverified.getHeader("typ")).orElse("JWT");
            if (issuer.types().stream().noneMatch(type::equalsIgnoreCase)) {
                throw refused("is not of a type that is accepted here");
            }
            return Optional.ofNullable(unverified.getKeyIdHeaderValue());
        } catch (JoseException e) {
            throw refused("cannot be read");
        }
    }

    /** Fails with {@code unauthenticated}. */
    Verified verify(String token, PublicJsonWebKey key) {
        String algorithm = key.getAlgorithm();
        try {
            JwtContext read = new JwtConsumerBuilder()
                    .setVerificationKey(key.getPublicKey())
                    .setJwsAlgorithmConstraints(
                            algorithm == null
                                    ? new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
                                    : new AlgorithmConstraints(ConstraintType.PERMIT, algorithm))
                    .setExpectedIssuer(true, issuer.issuer())
                    .setExpectedAudience(true, issuer.audience().toArray(String[]::new))
                    .setRequireExpirationTime()
                    .setRequireSubject()
                    .setAllowedClockSkewInSeconds(Math.toIntExact(issuer.skew().toSeconds()))
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .build()
                    .process(token);
            String subject = read.getJwtClaims().getSubject();
            if (!SUBJECT.matcher(subject).matches()) {
                throw refused("names a subject of more than 200 characters or with control characters");
            }
            return new Verified(subject, JSON.readTree(read.getJwtClaims().getRawJson()));
        } catch (InvalidJwtException e) {
            throw refused(WORDS.entrySet().stream()
                    .filter(word -> e.hasErrorCode(word.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("cannot be verified"));
        } catch (MalformedClaimException | JsonProcessingException e) {
            throw refused("cannot be read");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.UNAUTHENTICATED, "The token " + why + ".");
    }
}
