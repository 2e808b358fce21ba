package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import java.util.Locale;
import java.util.Set;

/**
 * What the driver's exceptions mean: the one place where server errors become ours. Codes are those of the server's
 * {@code error_codes.yml}, which never change.
 */
public final class ServerErrors {
    public static final int NAMESPACE_NOT_FOUND = 26;
    static final int CAPPED_POSITION_LOST = 136;
    public static final int READ_CONCERN_MAJORITY_NOT_ENABLED = 148;

    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int COMMAND_NOT_FOUND = 59;
    private static final int INVALID_OPTIONS = 72;
    private static final int COMMAND_NOT_SUPPORTED_ON_VIEW = 166;
    private static final int OUT_OF_DISK_SPACE = 14031;
    private static final int ATLAS_ERROR = 8000;

    /**
     * HostUnreachable, HostNotFound, LockTimeout, LockBusy, MaxTimeMSExpired, NetworkTimeout, ShutdownInProgress,
     * WriteConflict, NotYetInitialized, ConflictingOperationInProgress, ReadConcernMajorityNotAvailableYet,
     * PrimarySteppedDown, NetworkInterfaceExceededTimeLimit, SnapshotUnavailable, ExceededTimeLimit, SnapshotTooOld,
     * ConnectionError, TemporarilyUnavailable, SocketException, NotWritablePrimary, InterruptedAtShutdown, Interrupted,
     * InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> TRANSIENT = Set.of(
            6, 7, 24, 46, 50, 89, 91, 94, 112, 117, 134, 189, 202, 239, 246, 262, 365, 384, 9001, 10107, 11600, 11601,
            11602, 13435, 13436);

    /**
     * CursorNotFound, QueryPlanKilled, CursorKilled, CursorInUse, OperationFailed of old servers, NamespaceNotFound:
     * another cursor may go on where this one ended.
     */
    private static final Set<Integer> CURSOR_LOST = Set.of(43, 175, 237, 12051, 96, NAMESPACE_NOT_FOUND);

    private ServerErrors() {}

    /**
     * The exception that says what failed and what to do about it.
     *
     * @param activity what was being done, such as {@code "reading the oplog"}
     */
    public static DeploymentException translate(String activity, MongoException failure) {
        if (failure instanceof MongoSecurityException) {
            return security(activity, failure);
        }
        if (failure instanceof MongoIncompatibleDriverException) {
            return new DeploymentException(
                    Kind.UNSUPPORTED,
                    activity + " failed: the server's version is not supported (" + firstLine(failure) + ")",
                    "MongoDB 4.2 and later are supported",
                    failure);
        }
        if (isUnreachable(failure)) {
            return new DeploymentException(
                    Kind.UNREACHABLE,
                    activity + " failed: " + reason(failure),
                    "see whether the servers run and can be reached from here, then run the same again",
                    failure);
        }
        return byCode(activity, failure);
    }

    private static DeploymentException byCode(String activity, MongoException failure) {
        String said = said(failure);
        return switch (failure.getCode()) {
            case UNAUTHORIZED -> unauthorized(activity, failure, said);
            case AUTHENTICATION_FAILED -> authentication(activity, failure);
            case COMMAND_NOT_FOUND, COMMAND_NOT_SUPPORTED_ON_VIEW ->
                new DeploymentException(
                        Kind.UNSUPPORTED,
                        activity + " failed: this server does not know a command that is needed (" + said + ")",
                        "use a MongoDB server of version 4.2 or later",
                        failure);
            case OUT_OF_DISK_SPACE ->
                new DeploymentException(
                        Kind.FAILED,
                        activity + " failed: the server's disk is full",
                        "make room on the server, then run the same again",
                        failure);
            case ATLAS_ERROR ->
                said.toLowerCase(Locale.ROOT).contains("auth")
                        ? authentication(activity, failure)
                        : failed(activity, failure, said);
            default -> failed(activity, failure, said);
        };
    }

    private static DeploymentException failed(String activity, MongoException failure, String said) {
        String hint = failure.getCode() == INVALID_OPTIONS
                ? "see the server's log, and whether its version is supported: 4.2 and later"
                : "see the server's log for the reason";
        return new DeploymentException(Kind.FAILED, activity + " failed: " + said, hint, failure);
    }

    private static DeploymentException security(String activity, MongoException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoSocketException socket) {
                return translate(activity, socket);
            }
        }
        return authentication(activity, failure);
    }

    private static DeploymentException authentication(String activity, MongoException failure) {
        return new DeploymentException(
                Kind.AUTHENTICATION,
                activity + " failed: the server refused the user name or the password",
                "check the user, the password (special characters percent-encoded) and authSource in the URI",
                failure);
    }

    private static DeploymentException unauthorized(String activity, MongoException failure, String said) {
        if (isLoginMissing(failure)) {
            return new DeploymentException(
                    Kind.AUTHENTICATION,
                    activity + " failed: the server asks for a login and the URI names no user",
                    "name a user in the URI: mongodb://USER:PASSWORD@HOST/?authSource=admin",
                    failure);
        }
        return new DeploymentException(
                Kind.UNAUTHORIZED, activity + " is not permitted: " + said, privilegeHint(activity), failure);
    }

    private static String privilegeHint(String activity) {
        if (activity.contains("oplog")) {
            return "grant the user the role 'backup' on the database admin, or 'read' on the database local";
        }
        return activity.startsWith("reading") || activity.startsWith("listing")
                ? "grant the user the role 'backup' on the database admin"
                : "grant the user the role 'restore' on the database admin";
    }

    /** Whether the same may succeed a little later: the network, an election, a server that starts or stops. */
    public static boolean isTransient(MongoException failure) {
        return isUnreachable(failure)
                || TRANSIENT.contains(failure.getCode())
                || failure.hasErrorLabel("RetryableWriteError")
                || failure.hasErrorLabel(MongoException.RETRYABLE_ERROR_LABEL)
                || failure.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR_LABEL);
    }

    /** Whether a cursor is gone for a reason that says nothing against opening another. */
    public static boolean isCursorLost(MongoException failure) {
        return CURSOR_LOST.contains(failure.getCode()) || failure.getCode() == CAPPED_POSITION_LOST;
    }

    public static boolean isUnauthorized(MongoException failure) {
        return failure.getCode() == UNAUTHORIZED;
    }

    /** Whether the server wants a login and the URI has none, which the server tells by its words alone. */
    static boolean isLoginMissing(MongoException failure) {
        return isUnauthorized(failure) && said(failure).contains("requires authentication");
    }

    private static boolean isUnreachable(MongoException failure) {
        if (failure instanceof MongoSecurityException) {
            return failure.getCause() instanceof MongoException cause && isUnreachable(cause);
        }
        return failure instanceof MongoSocketException
                || failure instanceof MongoTimeoutException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoServerUnavailableException
                || failure instanceof MongoConnectionPoolClearedException;
    }

    /** One sentence on why nobody answers, without the driver's description of the whole cluster. */
    static String reason(MongoException failure) {
        if (failure instanceof MongoNotPrimaryException) {
            return "the replica set has no primary that takes this";
        }
        if (failure instanceof MongoNodeIsRecoveringException) {
            return "the server is starting up, recovering or shutting down";
        }
        if (failure instanceof MongoTimeoutException) {
            return "no server that could take this answers in time";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return text == null || text.isBlank() ? root.getClass().getSimpleName() : firstLine(text);
    }

    private static String said(MongoException failure) {
        if (failure instanceof MongoBulkWriteException bulk
                && !bulk.getWriteErrors().isEmpty()) {
            return firstLine(bulk.getWriteErrors().getFirst().getMessage());
        }
        return failure instanceof MongoCommandException command
                        && !command.getErrorMessage().isEmpty()
                ? firstLine(command.getErrorMessage())
                : firstLine(failure);
    }

    private static String firstLine(Throwable failure) {
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : firstLine(text);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
