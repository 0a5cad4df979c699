internal import CCurl

/// Hands mail to a server by SMTP (RFC 5321), with STARTTLS (RFC 3207) and AUTH (RFC 4954): by libcurl, which chooses what both sides know.
///
/// All recipients take it, or none: a server that refuses one address refuses the mail, and says which.
package struct MailClient: MailSending {
    /// Once in a process, before the first thread that sends.
    private static let isPrepared = bursar_prepare_mail() == CURLE_OK

    package init() {}

    package func send(_ mail: OutgoingMail, by server: MailServer, password: String?, deadline: Int) throws(MailError) {
        guard Self.isPrepared else { throw MailError(.connection, "libcurl cannot be used") }
        var answer = bursar_mail_answer()
        let result = withTexts([server.address, server.user, password, server.authorities, mail.sender] + mail.recipients) { texts in
            mail.bytes.withUnsafeBytes { bytes in
                texts[5...].withUnsafeBufferPointer { recipients in
                    var request = bursar_mail(
                        url: texts[0], user: texts[1], password: texts[2], authorities: texts[3],
                        encrypted: server.mustEncrypt ? 1 : 0, milliseconds: deadline, sender: texts[4],
                        recipients: recipients.baseAddress, recipient_count: recipients.count,
                        text: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length: bytes.count)
                    return bursar_send_mail(&request, &answer)
                }
            }
        }
        guard result != CURLE_OK else { return }
        throw Self.error(result, code: answer.code, words: Self.line(of: &answer))
    }

    private static func error(_ result: CURLcode, code: Int, words: String) -> MailError {
        switch result {
        case CURLE_OPERATION_TIMEDOUT: MailError(.connection, "no answer in time", words: words)
        case CURLE_COULDNT_RESOLVE_HOST: MailError(.connection, "the server's name is not known")
        case CURLE_COULDNT_CONNECT: MailError(.connection, "the connection failed")
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR:
            MailError(.insecure, "the server does not encrypt the connection: nothing was sent", words: words)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            MailError(.insecure, "the server's certificate is not trusted: nothing was sent")
        case CURLE_LOGIN_DENIED: MailError(.login, "the server does not accept the user and the password", words: words)
        // libcurl says so only of the reply behind the text.
        case CURLE_WEIRD_SERVER_REPLY where code >= 500: MailError(.rejected, "the server does not take the message", words: words)
        default:
            code >= 400
                ? MailError(.refused, "the server answered \(code)", words: words)
                : MailError(.connection, String(cString: curl_easy_strerror(result)).lowercased(), words: words)
        }
    }

    private static func line(of answer: inout bursar_mail_answer) -> String {
        withUnsafeBytes(of: &answer.line) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// Calls with C strings of texts, in their order; nil stays nil.
private func withTexts<Result>(_ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
    let copies = texts.map { text in text.map { Array($0.utf8CString) } }
    func descend(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> Result {
        guard index < copies.count else { return body(pointers) }
        guard let copy = copies[index] else { return descend(index + 1, pointers + [nil]) }
        return copy.withUnsafeBufferPointer { descend(index + 1, pointers + [$0.baseAddress]) }
    }
    return descend(0, [])
}
