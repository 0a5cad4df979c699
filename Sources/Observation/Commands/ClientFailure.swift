/// Why a command of the operator's gave no answer, and what can be done about it.
struct ClientFailure: Error, Hashable {
    enum Kind: String, Hashable, CaseIterable {
        /// It may pass by itself: throttling, a service that is down, a connection that broke.
        case transient
        /// It passes only when a person does something: sign in, grant a permission, mend the arguments.
        case stalled
        case failed
    }

    var kind: Kind
    var message: String
}

/// What the clients of AWS, Azure and Google say when they fail.
///
/// AWS's client ends with 252 for arguments or settings that are wrong, 253 where credentials or settings are missing, 254 where the service
/// refused, and 255 for the rest; its first version with 2 for arguments and 255 for everything else. What the service said stands in
/// parentheses: `An error occurred (ThrottlingException) when calling the GetCostAndUsage operation: …`. Azure's and Google's end with 1 or 2
/// and say a code somewhere in their text.
enum ClientFailureKind {
    static func kind(code: Int32, errors: String) -> ClientFailure.Kind {
        let code = Int(code)
        if let error = serviceError(in: errors) { return kind(ofError: error) }
        let text = errors.lowercased()
        if transientSigns.contains(where: text.contains) { return .transient }
        if stalledSigns.contains(where: text.contains) { return .stalled }
        return [252, 253].contains(code) || code == 2 ? .stalled : .failed
    }

    /// The code that a service of AWS answered: `ThrottlingException`.
    static func serviceError(in errors: String) -> String? {
        guard let start = errors.firstRange(of: "An error occurred (")?.upperBound, let end = errors[start...].firstIndex(of: ")") else {
            return nil
        }
        let code = errors[start..<end]
        let isWord = !code.isEmpty && code.utf8.count <= 100 && code.utf8.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == 46 }
        return isWord ? String(code) : nil
    }

    private static func kind(ofError error: String) -> ClientFailure.Kind {
        let error = error.lowercased()
        if transientCodes.contains(where: error.contains) { return .transient }
        return stalledCodes.contains(where: error.contains) ? .stalled : .failed
    }

    private static let transientCodes = [
        "throttl", "toomanyrequests", "requestlimitexceeded", "limitexceededexception", "slowdown", "serviceunavailable", "internalfailure",
        "internalserver", "internalerror", "requesttimeout", "bandwidthlimit",
    ]
    private static let stalledCodes = [
        "accessdenied", "unauthorized", "notauthorized", "unrecognizedclient", "expiredtoken", "invalidclienttoken", "authfailure",
        "signaturedoesnotmatch", "optin", "missingauthentication", "invalidaccesskey", "invalidsignature", "forbidden", "validation",
        "invalidparameter", "datanotavailable", "billexpiration",
    ]
    private static let transientSigns = [
        "toomanyrequests", "too many requests", "resource_exhausted", "(429)", "503 service", "service unavailable", "(503)",
        "could not connect to the endpoint", "connect timeout", "read timeout", "connection was closed", "connection reset",
        "temporary failure in name resolution", "connection aborted",
    ]
    private static let stalledSigns = [
        "unable to locate credentials", "credentials", "could not be found", "sso session", "token has expired", "az login",
        "gcloud auth login", "permission_denied", "permission denied", "authorizationfailed", "unauthenticated", "reauthentication",
        "does not have authorization", "no subscription", "invalid choice", "unrecognized arguments", "has not been used in project",
    ]
}
