import Foundation
import PatchbaySDK

/// What a contact may hold.
enum ContactRules {
    static let mostEndpoints = 50

    /// The draft with blanks taken off and numbers in E.164.
    ///
    /// - Throws: `PortalError.invalid` `contacts.name-invalid`, `contacts.company-invalid`, `contacts.notes-too-long`,
    ///   `contacts.label-invalid`, `contacts.too-many-endpoints`, `contacts.number-twice`, `number.invalid`,
    ///   `directory.email-invalid`.
    static func checked(_ draft: ContactDraft, region: String) throws(PortalError) -> ContactDraft {
        guard draft.numbers.count <= mostEndpoints, draft.emails.count <= mostEndpoints else {
            throw PortalError(
                .invalid, id: "contacts.too-many-endpoints",
                "A contact has at most \(mostEndpoints) numbers and \(mostEndpoints) e-mail addresses.")
        }
        guard draft.notes.count <= 4000, !draft.notes.contains("\0") else {
            throw PortalError(.invalid, id: "contacts.notes-too-long", "Notes have at most 4,000 characters.")
        }
        var result = draft
        result.name = try DirectoryRules.line(
            draft.name, limit: 200, id: "contacts.name-invalid", "A contact's name has 1 to 200 characters on one line."
        )
        result.company = try company(draft.company)
        result.numbers = []
        for endpoint in draft.numbers { result.numbers.append(try number(endpoint, region: region)) }
        guard Set(result.numbers.map(\.value)).count == result.numbers.count else {
            throw PortalError(.invalid, id: "contacts.number-twice", "A contact can't have the same number twice.")
        }
        result.emails = []
        for endpoint in draft.emails { result.emails.append(try email(endpoint)) }
        return result
    }

    private static func company(_ text: String) throws(PortalError) -> String {
        guard !text.allSatisfy(\.isWhitespace) else { return "" }
        return try DirectoryRules.line(
            text, limit: 200, id: "contacts.company-invalid", "A company has at most 200 characters on one line.")
    }

    private static func label(_ text: String) throws(PortalError) -> String {
        try DirectoryRules.line(
            text, limit: 40, id: "contacts.label-invalid",
            "A label such as “Mobile” has 1 to 40 characters on one line.")
    }

    private static func number(
        _ endpoint: ContactCard.Endpoint, region: String
    ) throws(PortalError) -> ContactCard.Endpoint {
        let number = try PhoneNumber(typed: endpoint.value, region: region)
        return ContactCard.Endpoint(label: try label(endpoint.label), value: number.e164)
    }

    private static func email(_ endpoint: ContactCard.Endpoint) throws(PortalError) -> ContactCard.Endpoint {
        guard let address = try DirectoryRules.email(endpoint.value) else {
            throw PortalError(.invalid, id: "directory.email-invalid", "An e-mail address is empty.")
        }
        return ContactCard.Endpoint(label: try label(endpoint.label), value: address)
    }
}
