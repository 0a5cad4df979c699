internal import Secrets

extension TransportError {
    /// What a person must fix is not tried again; a file that is not there may be mounted late.
    init(_ error: SecretFileError) {
        // The path is an operator's text and may hold whatever drives a terminal.
        self.init(error.code == .unreadable ? .unauthorized : .refused, printable(error.message))
    }
}

extension SecretFile {
    func checkForTransport() throws(TransportError) {
        do throws(SecretFileError) { try check() } catch { throw TransportError(error) }
    }

    func tokenForTransport() throws(TransportError) -> String {
        do throws(SecretFileError) { return try readToken() } catch { throw TransportError(error) }
    }
}
