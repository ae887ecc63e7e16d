extension Portal {
    /// Tells administrators what other administrators do.
    public var administrationNews: AdministrationNews { AdministrationNews(events: events) }

    /// Writes users, numbers and contacts as CSV.
    public var csvExport: CSVExport { CSVExport(directory: directory, numbers: numbers, contacts: contacts) }
}
