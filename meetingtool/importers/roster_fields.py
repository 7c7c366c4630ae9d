"""What the columns of a roster can hold, and the names that HR and payroll programs and people give such columns."""

from __future__ import annotations

from meetingtool.importers.columns import Field

ROSTER_FIELDS = (
    Field(
        "name",
        "name",
        (
            *("fullname", "employeename", "nameofemployee", "completename", "displayname", "name", "names"),
            *("payrollname", "legalname", "staffname", "agentname", "teammembername", "membername", "personname"),
            *("workername", "associatename", "listname", "fullnamelastfirst", "nameofemployeeorapplicant"),
            *("employeeappname", "lastnamefirstname", "lastfirst", "namelastfirst", "lastnamefirst", "surnamefirst"),
            *("teammember", "staffmember", "employee", "agent", "colleague", "associate", "person", "people", "staff"),
            *(
                "member",
                "worker",
                "who",
                "nomcomplet",
                "nometprenom",
                "nomprenom",
                "prenomnom",
                "nomsalarie",
                "salarie",
            ),
            *("nom", "vollstandigername", "namevorname", "nachnamevorname", "vornamenachname", "mitarbeiter"),
            *("mitarbeitername", "mitarbeiterin", "nombrecompleto", "nombreyapellidos", "nombresyapellidos"),
            *("apellidosynombre", "apellidosynombres", "apellidosnombre", "nombredelempleado", "nombreempleado"),
            *("nombredeltrabajador", "trabajador", "colaborador", "nombre", "empleado", "nomecompleto", "funcionario"),
            *("cognomeenome", "nomecognome", "nome", "nominativo", "naam", "medewerker", "navn", "namn", "nimi", "фио"),
        ),
        needed=True,
    ),
    Field(
        "first",
        "first name",
        (
            *("firstname", "fname", "givenname", "givennames", "forename", "forenames", "firstnames", "first", "given"),
            *("legalfirstname", "legalnamefirstname", "namefirst", "prenom", "prenoms", "vorname", "vornamen"),
            *("primernombre", "nombres", "voornaam", "roepnaam", "fornavn", "fornamn", "etunimi", "primeironome"),
            *("imie", "imiona", "jmeno", "firstnamepreferred", "имя"),
        ),
        needed=True,
        many=True,
    ),
    Field(
        "middle",
        "middle name",
        (
            "middlename",
            "mname",
            "middlenames",
            "middleinitial",
            "middle",
            "mi",
            "segundonombre",
            "отчество",
        ),
    ),
    Field(
        "last",
        "last name",
        (
            *("lastname", "lname", "surname", "surnames", "familyname", "last", "family", "legallastname"),
            *("legalnamelastname", "namelast", "nomdusage", "nomusuel", "nomdefamille", "nomdenaissance", "nachname"),
            *(
                "familienname",
                "zuname",
                "nommarital",
                "apellidopaterno",
                "primerapellido",
                "apaterno",
                "paterno",
                "apellidos",
            ),
            *("apellido", "cognome", "sobrenome", "achternaam", "etternavn", "efternavn", "efternamn", "sukunimi"),
            *("nazwisko", "prijmeni", "фамилия"),
        ),
        needed=True,
        many=True,
    ),
    Field("addition", "addition to the last name", ("namenszusatz", "adelstitel")),
    Field(
        "prefix",
        "prefix of the last name",
        ("vorsatzwort", "namensvorsatz", "lastnameprefix", "surnameprefix"),
    ),
    Field(
        "last2",
        "second last name",
        ("apellidomaterno", "segundoapellido", "amaterno", "materno", "secondlastname", "secondsurname"),
    ),
    Field("suffix", "suffix of the name", ("suffix", "namesuffix", "lastnamesuffix", "generation", "generationsuffix")),
    Field(
        "nicknames",
        "nicknames",
        (
            *("nicknames", "nickname", "knownas", "alsoknownas", "aka", "goesby", "calledname", "callname", "alias"),
            *("aliases", "preferredname", "preferredfirstname", "preferredgivenname", "preferrednamefirstname"),
            *("preferredorchosenfirstname", "preferredorchosenname", "chosenname", "chosenfirstname", "commonname"),
            *("surnom", "prenomusuel", "rufname", "spitzname", "apodo", "soprannome"),
        ),
    ),
    Field("handle", "handle", ("handle", "handles", "kurzel")),
    Field(
        "role",
        "role",
        (
            *("role", "jobtitle", "businesstitle", "jobposition", "positiontitle", "jobtitledescription", "position"),
            *("positionname", "positiondescription", "jobrole", "jobname", "jobprofile", "title", "job", "function"),
            *("designation", "occupation", "workertitle", "emploi", "emploioccupe", "intituledeposte", "intitule"),
            *("libelleemploi", "metier", "poste", "fonction", "rolle", "stelle", "stellenbezeichnung", "tatigkeit"),
            *("berufsbezeichnung", "funktion", "puesto", "puestodetrabajo", "nombredelpuesto", "ocupacion", "cargo"),
            *("ruolo", "mansione", "qualifica", "functie", "functietitel", "stilling", "befattning", "должность"),
        ),
    ),
    Field(
        "department",
        "department",
        (
            *("department", "departmentname", "departmentdescription", "dept", "deptname", "deptdesc"),
            *("homedepartment", "homedepartmentdescription", "team", "teamname", "unit", "orgunit"),
            *("organizationalunit", "organisationalunit", "supervisoryorganization", "division", "section", "desk"),
            *("group", "departement", "service", "abteilung", "abteilungsname", "bereich", "departamento", "depto"),
            *("area", "reparto", "afdeling", "avdeling", "отдел"),
        ),
    ),
    Field(
        "email",
        "e-mail",
        (
            *("email", "emailaddress", "workemail", "workemailaddress", "emailwork", "emailprimarywork", "email1value"),
            *("workcontactworkemail", "businessemail", "businessemailaddress", "companyemail", "corporateemail"),
            *("officialemail", "emailid", "mail", "mailaddress", "courriel", "adressemail", "adresseemail"),
            *("mailprofessionnel", "emailprofessionnel", "mailadresse", "dienstlicheemail", "correo"),
            *("correoelectronico", "correoinstitucional", "emailpersonal", "emailhome", "homeemail", "почта"),
        ),
    ),
    Field(
        "number",
        "employee number",
        (
            *("employeenumber", "employeeid", "empid", "employeeno", "empno", "empnumber", "employeecode", "empcode"),
            *("eeid", "eeno", "eenumber", "eecode", "filenumber", "fileno", "staffnumber", "staffid", "staffno"),
            *("personnelnumber", "personnelno", "personnelid", "personalno", "persno", "pernr", "payrollnumber"),
            *("payrollid", "payrollno", "workerid", "workernumber", "associateid", "agentid", "personnumber"),
            *("personid", "personidexternal", "hrid", "badgenumber", "badgeid", "badgeno", "badge", "clocknumber"),
            *("clockno", "idnumber", "matricule", "matriculesalarie", "nummatricule", "personalnummer", "personalnr"),
            *("persnr", "mitarbeiternummer", "mitarbeiternr", "stammnummer", "numerodeempleado", "numeroempleado"),
            *("numerodelempleado", "numempleado", "noempleado", "nodeempleado", "claveempleado"),
            *("clavedelempleado", "codigoempleado", "codigodelempleado", "clave", "codigo", "legajo", "matricola"),
            *(
                "personeelsnummer",
                "medewerkernummer",
                "ansattnummer",
                "matricula",
                "numerodematricula",
                "табельныиномер",
            ),
            *(
                "numberemploye",
                "numbersalarie",
                "numberempleado",
                "nonomina",
                "numnomina",
                "numeronomina",
                "numerodenomina",
            ),
            *(
                "numtrabajador",
                "numerotrabajador",
                "numerodetrabajador",
                "notrabajador",
                "codigotrabajador",
                "codigodetrabajador",
                "assignmentnumber",
                "globalid",
                "userid",
            ),
            *("positionid", "id", "code", "number", "no", "nr"),
        ),
    ),
    Field(
        "started",
        "start date",
        (
            *(
                "startdate",
                "startingdate",
                "dateofhire",
                "hiredate",
                "hiringdate",
                "datehired",
                "hiredon",
                "hired",
                "hire",
            ),
            *("mostrecenthiredate", "latesthiredate", "lasthiredate", "doh", "hiredt", "dateofjoining", "joiningdate"),
            *("datejoining", "dateofjoin", "datejoined", "joindate", "joinedon", "joined", "doj", "dateemployed"),
            *("enterprisehiredate", "einstellungsdatum", "einstellung", "entree", "datazatrudnienia", "датаприема"),
            *("commencementdate", "dateofcommencement", "commenced"),
            *("employmentdate", "employmentstartdate", "employmentstart", "legalemployerstartdate", "datestart"),
            *("originalhiredate", "originaldateofhire", "companystartdate", "continuousservicedate", "servicedate"),
            *("dateofentry", "entrydate", "entry", "datestarted", "started", "starting", "start", "from", "since"),
            *("employedsince", "eintrittsdatum", "eintritt", "eintrittam", "beschaftigungsbeginn", "beginn"),
            *("datedembauche", "datedentree", "dateentree", "dateembauche", "datedarrivee", "fechadeingreso"),
            *("fechaingreso", "fechadealta", "fechaalta", "fechadeinicio", "fechadecontratacion", "alta"),
            *("datadiassunzione", "dataassunzione", "dataadmissao", "datadeadmissao", "datumindienst", "indienst"),
            *("ansattdato", "ansattelsesdato", "anstallningsdatum"),
        ),
    ),
    Field(
        "left",
        "leaving date",
        (
            "датаувольнения",
            *("leavingdate", "dateofleaving", "leavedate", "dateleft", "lefton", "dateofdeparture", "departuredate"),
            *("dateoftermination", "terminationdate", "actualterminationdate", "termdate", "termdt", "dateterminated"),
            *("terminatedon", "separationdate", "exitdate", "dateofexit", "relievingdate", "dateofrelieving"),
            *("dateofresignation", "lastworkingday", "lastworkday", "lastdayofwork", "lastdayworked", "lastdateworked"),
            *(
                "lastday",
                "lwd",
                "letzterarbeitstag",
                "effectiveenddate",
                "dismissaldate",
                "dateofdismissal",
                "employmentenddate",
                "employmentend",
                "enddate",
                "dateended",
                "left",
                "leaving",
                "until",
            ),
            *("end", "doe", "dol", "austrittsdatum", "austritt", "austrittam", "ausgeschiedenam", "vertragsende"),
            *(
                "beschaftigungsende",
                "datedesortie",
                "datesortie",
                "sortie",
                "datedefindecontrat",
                "datazwolnienia",
                "datededepart",
                "datedepart",
                "datedefin",
            ),
            *("findecontrat", "fechadebaja", "fechabaja", "fechadesalida", "fechasalida", "fechadeegreso"),
            *("fechadetermino", "datadicessazione", "datacessazione", "datademissao", "datumuitdienst", "uitdienst"),
        ),
        many=True,
    ),
    Field(
        "rehired",
        "date of hiring again",
        (
            "rehiredate",
            "dateofrehire",
            "rehired",
            "rehiredon",
            "lastrehiredate",
            "latestrehiredate",
            "mostrecentrehiredate",
        ),
    ),
    Field(
        "status",
        "status",
        (
            *(
                "employmentstatuscode",
                "assignmentstatustype",
                "estadodelempleado",
                "currentlyemployed",
                "leaver",
                "isleaver",
            ),
            *("employmentstatus", "employeestatus", "empstatus", "workerstatus", "staffstatus", "hrstatus", "status"),
            *("positionstatus", "assignmentstatus", "payrollstatus", "jobstatus", "activestatus", "currentstatus"),
            *("recordstatus", "employmentstate", "statut", "situation", "estado", "estatus", "situacion", "stato"),
            *("mitarbeiterstatus", "beschaftigungsstatus", "isactive", "active", "aktiv", "actif", "activo"),
            *(
                "activeinactive",
                "activestatusyn",
                "currentemployee",
                "isterminated",
                "terminated",
                "termd",
                "isinactive",
            ),
            *("inactive", "archived", "isarchived", "deactivated", "ausgeschieden"),
        ),
        many=True,
    ),
)

YES_MEANS_HERE = frozenset(
    {"isactive", "active", "activestatus", "aktiv", "actif", "activo", "currentemployee", "currentlyemployed"}
)
"""Status columns whose name is a question: "no" in them says that a person has left."""

YES_MEANS_GONE = frozenset(
    {
        *("isterminated", "terminated", "termd", "isinactive", "inactive", "archived", "isarchived", "deactivated"),
        *("ausgeschieden", "left", "leaver", "isleaver"),
    }
)
"""The other way round."""

SPANISH_STATUS = frozenset({"estatus", "estado", "situacion"})
"""Columns in which B stands for `baja`: has left."""

PREFERRED_NAMES = frozenset({"preferredname", "preferredorchosenname", "commonname", "knownas"})
"""Columns of nicknames that hold the name itself where there is no other."""

WEAK_NUMBERS = frozenset({"id", "code", "number", "no", "nr", "clave", "codigo"})
"""Names of a column of employee numbers that a column that only counts the rows may have, too."""

SURNAMES_FIRST = frozenset(
    {
        "фио",
        *("lastnamefirstname", "lastfirst", "namelastfirst", "lastnamefirst", "surnamefirst", "fullnamelastfirst"),
        *("nometprenom", "nomprenom", "namevorname", "nachnamevorname", "apellidosynombre", "apellidosynombres"),
        *("apellidosnombre", "cognomeenome"),
    }
)
"""Names of a column that say that the last name comes first, with or without a comma behind it."""
