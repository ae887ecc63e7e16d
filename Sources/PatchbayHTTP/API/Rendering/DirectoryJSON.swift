import PatchbayHost
import PatchbaySDK

extension User {
    /// The user as they see themselves.
    var ownJSON: JSON {
        [
            "id": .string(id.rawValue), "name": .string(fullName), "extension": .string(self.extension),
            "email": JSON(email), "scope": .string(scope.rawValue),
        ]
    }

    /// The user as administrators see them.
    var adminJSON: JSON {
        [
            "id": .string(id.rawValue), "domain": .string(domain.rawValue), "extension": .string(self.extension),
            "name": .string(fullName), "email": JSON(email), "scope": .string(scope.rawValue),
            "hasPassword": .bool(hasPassword), "isEnabled": .bool(isEnabled), "createdAt": .string(createdAt.rfc3339),
            "lastSeenAt": JSON(lastSeenAt?.rfc3339),
        ]
    }
}

extension UserRecord {
    /// The user as colleagues see them.
    var briefJSON: JSON {
        ["id": .string(id.rawValue), "name": .string(fullName), "extension": .string(self.extension)]
    }
}

extension Domain {
    var briefJSON: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "region": .string(region), "timeZone": .string(timeZone),
        ]
    }

    var adminJSON: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "region": .string(region), "timeZone": .string(timeZone),
            "resellerId": JSON(reseller?.rawValue), "claimMinutes": .int(claimMinutes),
            "createdAt": .string(createdAt.rfc3339),
        ]
    }
}

extension NumberRecord {
    /// - Parameter region: How the reader writes numbers.
    func json(region: String) -> JSON {
        [
            "number": .string(number.e164), "label": .string(label),
            "formatted": .string(number.formatted(for: region)),
        ]
    }
}

extension NumberEntry {
    func adminJSON(region: String) -> JSON {
        [
            "number": .string(number.e164), "label": .string(record.label),
            "formatted": .string(number.formatted(for: region)), "domain": .string(record.domain.rawValue),
            "carrier": JSON(record.carrier?.rawValue), "hasSMS": .bool(hasSMS), "smsSource": JSON(sms?.rawValue),
            "users": .array(users.map(\.briefJSON)), "createdAt": .string(createdAt.rfc3339),
        ]
    }
}

extension Contact {
    func json(region: String) -> JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "company": .string(company), "notes": .string(notes),
            "isShared": .bool(isShared), "numbers": .array(numbers.map { $0.numberJSON(region: region) }),
            "emails": .array(emails.map { ["label": .string($0.label), "value": .string($0.value)] }),
            "createdAt": .string(createdAt.rfc3339), "updatedAt": .string(updatedAt.rfc3339),
        ]
    }
}

extension ContactCard.Endpoint {
    func numberJSON(region: String) -> JSON {
        [
            "label": .string(label), "value": .string(value),
            "formatted": .string(PhoneNumber.formatted(value, for: region)),
        ]
    }
}

extension Recipient {
    func json(region: String) -> JSON {
        switch self {
        case .user(let user): ["kind": "user", "user": user.briefJSON, "actions": ["chat"]]
        case .contact(let contact, let number):
            [
                "kind": "contact",
                "contact": [
                    "id": .string(contact.id.rawValue), "name": .string(contact.name),
                    "company": .string(contact.company),
                ],
                "number": number.numberJSON(region: region), "actions": ["sms"],
            ]
        case .number(let number):
            [
                "kind": "number",
                "number": ["value": .string(number.e164), "formatted": .string(number.formatted(for: region))],
                "actions": ["sms"],
            ]
        }
    }
}

extension Session {
    func json(isCurrent: Bool) -> JSON {
        [
            "id": .string(id.rawValue), "createdAt": .string(createdAt.rfc3339),
            "lastSeenAt": .string(lastSeenAt.rfc3339), "userAgent": .string(userAgent), "address": .string(address),
            "isCurrent": .bool(isCurrent),
        ]
    }
}

extension APIToken {
    /// - Parameter secret: Only in the answer to making it.
    func json(secret: String? = nil) -> JSON {
        var members: [String: JSON] = [
            "id": .string(id.rawValue), "name": .string(name),
            "permissions": .array(permissions.map(\.rawValue).sorted().map { .string($0) }),
            "createdAt": .string(createdAt.rfc3339), "expiresAt": .string(expiresAt.rfc3339),
            "lastUsedAt": JSON(lastUsedAt?.rfc3339),
        ]
        if let secret { members["token"] = .string(secret) }
        return .object(members)
    }
}
